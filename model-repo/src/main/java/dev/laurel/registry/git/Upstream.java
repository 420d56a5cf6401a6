package dev.laurel.registry.git;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.BaseRepositoryBuilder;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** A repository on its Git host. Each call is a conversation of its own. */
final class Upstream {
    private final URIish address;
    private final Access access;
    private final HttpHost host;
    private final @Nullable SshSessions ssh;
    private final Path objects;
    private final Path unfinished;

    /**
     * @param ssh for {@code ssh://}; else null
     * @param objects where fetched objects go, and pushed ones are
     * @param unfinished a folder for what a conversation needs while it lasts
     */
    Upstream(
            Location.Remote location,
            Access access,
            HttpHost host,
            @Nullable SshSessions ssh,
            Path objects,
            Path unfinished) {
        this.access = access;
        this.host = host;
        this.ssh = ssh;
        this.objects = objects;
        this.unfinished = unfinished;
        try {
            this.address = new URIish(location.toString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Where main is; empty when there is no such branch. */
    Optional<ObjectId> main() throws IOException {
        return talk(FileRepository::new, (local, transport) -> {
            try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(BareRepository.MAIN)))) {
                return Optional.ofNullable(connection.getRef(BareRepository.MAIN))
                        .map(Ref::getObjectId);
            }
        });
    }

    /** The branches whose whole names begin so. */
    List<Ref> branches(String prefix) throws IOException {
        return talk(FileRepository::new, (local, transport) -> {
            try (FetchConnection connection = transport.openFetch(List.of(), prefix)) {
                return connection.getRefs().stream()
                        .filter(ref -> ref.getName().startsWith(prefix) && ref.getObjectId() != null)
                        .toList();
            }
        });
    }

    /**
     * Fetches objects and what they lead to, as far as the filter lets it through. A server that knows no filters sends more.
     *
     * @param depth of the history of commits; 0 for all of it
     */
    void fetch(Collection<ObjectId> wanted, int depth, FilterSpec filter) throws IOException {
        List<Ref> wants = wanted.stream()
                .map(id -> (Ref) new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id))
                .toList();
        talk(FileRepository::new, (local, transport) -> {
            if (depth > 0) {
                transport.setDepth(depth);
            }
            transport.setFilterSpec(filter);
            try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(BareRepository.MAIN)))) {
                // Nothing is said about what is here already: it would be taken for all that it leads to.
                connection.fetch(NullProgressMonitor.INSTANCE, wants, Set.of());
                return wants;
            }
        });
    }

    /**
     * Asks to move main to a commit.
     *
     * @param expected its parent, where main has to be; null when it is to be made
     * @return why the host refuses, in its words; empty when it does not
     */
    Optional<String> push(ObjectId commit, @Nullable ObjectId expected) throws IOException {
        return push(BareRepository.MAIN, commit, expected, expected);
    }

    /**
     * Asks to let a branch name a commit; main is only moved forward, others wherever.
     *
     * @param commit null when the branch is to go
     * @param expected what it has to name; null when it is to be made
     * @param parent of the commit, which the host has
     * @return why the host refuses, in its words; empty when it does not
     */
    Optional<String> push(
            String branch, @Nullable ObjectId commit, @Nullable ObjectId expected, @Nullable ObjectId parent)
            throws IOException {
        return talk(options -> new Pushing(options, parent), (local, transport) -> {
            transport.setPushThin(false);
            RemoteRefUpdate update = new RemoteRefUpdate(
                    local,
                    commit == null ? null : commit.name(),
                    commit,
                    branch,
                    !branch.equals(BareRepository.MAIN),
                    null,
                    expected == null ? ObjectId.zeroId() : expected);
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            return switch (update.getStatus()) {
                case OK, UP_TO_DATE -> Optional.<String>empty();
                case NOT_ATTEMPTED, AWAITING_REPORT ->
                    throw new IOException("no answer to the push (expected: %s accepted or refused)"
                            .formatted(Repository.shortenRefName(branch)));
                default -> Optional.of(refusal(update, result.getMessages()));
            };
        });
    }

    /** In one line: the reason, and what the host printed beside it. */
    private static String refusal(RemoteRefUpdate update, String printed) {
        String reason = update.getMessage() == null ? update.getStatus().name() : update.getMessage();
        String more = printed.lines()
                .map(line -> line.replaceFirst("^error: ", "").strip())
                .filter(line -> !line.isEmpty())
                .reduce("", (all, line) -> all + "; " + line);
        return (reason + more).replaceAll("\\p{Cntrl}+", " ");
    }

    private interface Opening {
        Repository open(BaseRepositoryBuilder<?, ?> options) throws IOException;
    }

    private interface Conversation<T> {
        T run(Repository local, Transport transport) throws IOException;
    }

    /**
     * Talks on behalf of a repository that has the objects of the mirror and nothing else. It has no references, so that none is taken
     * for a promise, and a place of its own for what JGit notes about a shallow history, which a mirror does not have: what is missing
     * is fetched when it is asked for.
     */
    private <T> T talk(Opening opening, Conversation<T> conversation) throws IOException {
        Files.createDirectories(unfinished);
        Path folder = Files.createTempDirectory(unfinished, "git-");
        HttpConnections connections = new HttpConnections(host, access);
        try (Repository local = opening.open(new FileRepositoryBuilder()
                        .setBare()
                        .setGitDir(folder.toFile())
                        .setObjectDirectory(objects.toFile())
                        .setup());
                Transport transport = Transport.open(local, address)) {
            transport.setTimeout((int) HttpHost.PATIENCE.toSeconds());
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(connections);
            } else if (transport instanceof SshTransport secure && ssh != null) {
                secure.setSshSessionFactory(ssh.factory());
            }
            return conversation.run(local, transport);
        } catch (NoRemoteRepositoryException e) {
            throw new IOException(
                    "%s: no repository there, or none that we may see%s"
                            .formatted(address, HttpFailure.remedy(access.hasToken() || ssh != null ? 0 : 401)),
                    e);
        } catch (TransportException e) {
            throw failure(e, connections.status());
        } finally {
            BareRepository.delete(folder);
        }
    }

    private IOException failure(TransportException e, int status) {
        String problem = ssh == null ? null : ssh.problem();
        return new UpstreamException(
                "%s: %s%s"
                        .formatted(
                                address,
                                problem != null ? problem : reason(e),
                                status == 401 || status == 403 || status == 407 ? HttpFailure.remedy(status) : ""),
                status == 401 || status == 403 || problem != null,
                e);
    }

    /** JGit puts the address before what happened, and what happened into a cause. */
    private String reason(TransportException e) {
        String message = String.valueOf(e.getMessage());
        Throwable cause = e.getCause();
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String more = cause == null || cause.getMessage() == null || message.contains(cause.getMessage())
                ? ""
                : ": " + cause.getMessage();
        return (message.replace(address + ": ", "") + more).replaceAll("\\p{Cntrl}+", " ");
    }

    /** Reads as a push of one commit has to. */
    private static final class Pushing extends FileRepository {
        private final @Nullable ObjectId parent;

        Pushing(BaseRepositoryBuilder<?, ?> options, @Nullable ObjectId parent) throws IOException {
            super(options);
            this.parent = parent;
        }

        @Override
        public ObjectReader newObjectReader() {
            return new PushReader(super.newObjectReader(), parent);
        }
    }
}
