package dev.laurel.git.serve;

import dev.laurel.git.BareRepository;
import dev.laurel.git.Commit;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.http.server.GitServlet;
import org.eclipse.jgit.http.server.resolver.AsIsFileService;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;

/** Serves one repository to Git and Git LFS clients, at the addresses where git-lfs looks for both. */
public final class GitServlets {
    /** A push of thousands of versions; the bytes of models do not come this way. */
    private static final long LARGEST_PUSH = 1L << 30;

    private GitServlets() {}

    /**
     * @param name of the repository in its address, such as {@code models.git}
     * @return by the path to mount each at
     */
    public static Map<String, HttpServlet> of(
            BareRepository repository, String name, PushCheck check, ServerAccess access) {
        GitServlet git = new GitServlet();
        git.setRepositoryResolver((HttpServletRequest request, String asked) -> {
            if (!asked.equals(name)) {
                throw new RepositoryNotFoundException(asked);
            }
            Repository open = repository.repository();
            // The servlet closes it after each request.
            open.incrementOpen();
            return open;
        });
        git.setAsIsFileService(AsIsFileService.DISABLED);
        git.setUploadPackFactory((HttpServletRequest request, Repository open) -> uploadPack(open));
        MainGuard guard = new MainGuard(repository, check);
        git.setReceivePackFactory(
                (HttpServletRequest request, Repository open) -> receivePack(open, repository, guard));
        return Map.of(
                "/git/*",
                new GuardedServlet(git, access),
                "/git/" + name + "/info/lfs/objects/*",
                new LfsServlet(repository.lfs(), access));
    }

    private static UploadPack uploadPack(Repository repository) {
        UploadPack upload = new UploadPack(repository);
        // Whoever may read may read all of it: mirrors ask for single objects, as C git lets them by its newer
        // protocol.
        upload.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        return upload;
    }

    private static ReceivePack receivePack(Repository open, BareRepository repository, MainGuard guard) {
        ReceivePack receive = new MainReceivePack(open, repository);
        // Names that another system's disk takes for the same or for something else: .git, .., a and A.
        receive.setObjectChecker(new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true));
        receive.setMaxObjectSizeLimit(Commit.LARGEST_FILE);
        receive.setMaxPackSizeLimit(LARGEST_PUSH);
        // For main the guard says no, with a reason; a proposal may be rewritten.
        receive.setAllowNonFastForwards(true);
        receive.setAllowDeletes(true);
        receive.setAllowBranchDeletes(true);
        receive.setPreReceiveHook(guard);
        return receive;
    }
}
