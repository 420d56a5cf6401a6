package dev.laurel.git.mirror;

import dev.laurel.git.disk.Folders;
import dev.laurel.git.disk.Refs;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Backoff;
import dev.laurel.git.host.HostException;
import dev.laurel.git.host.HttpConnections;
import dev.laurel.git.host.HttpFailure;
import dev.laurel.git.host.HttpHost;
import dev.laurel.git.host.Location;
import dev.laurel.git.host.SshSessions;
import dev.laurel.program.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.HttpURLConnection;
import java.net.SocketException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
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

/**
 * A repository on its Git host. Each call is a conversation of its own. A third of this class is what JGit's failures mean: whether to ask
 * again, and what to tell the user, which only whoever holds the connection knows.
 */
final class Upstream implements AutoCloseable {
    private final URIish address;
    private final Access access;
    private final HttpHost host;
    private final @Nullable SshSessions ssh;
    private final Path objects;
    private final Path unfinished;
    private volatile boolean noFilters;

    /**
     * @param ssh for {@code ssh://}; else null
     * @param mirror the repository on this disk to which objects are fetched, and from which they are pushed
     */
    Upstream(Location.Remote location, Access access, HttpHost host, @Nullable SshSessions ssh, Path mirror) {
        this.access = access;
        this.host = host;
        this.ssh = ssh;
        this.objects = mirror.resolve("objects");
        this.unfinished = mirror.resolve("unfinished");
        try {
            this.address = new URIish(location.toString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Where main is; empty when there is no such branch. */
    Optional<ObjectId> main(Backoff backoff) throws IOException {
        return asking(backoff, (local, transport) -> {
            try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(Refs.MAIN)))) {
                return Optional.ofNullable(connection.getRef(Refs.MAIN)).map(Ref::getObjectId);
            }
        });
    }

    /** The branches and tags whose whole names begin in one of these ways. */
    List<Ref> refs(List<String> prefixes) throws IOException {
        return asking(Backoff.patient(), (local, transport) -> {
            try (FetchConnection connection = transport.openFetch(List.of(), prefixes.toArray(String[]::new))) {
                return connection.getRefs().stream()
                        .filter(ref ->
                                prefixes.stream().anyMatch(ref.getName()::startsWith) && ref.getObjectId() != null)
                        .toList();
            }
        });
    }

    /** What a branch names, or a tag in the end. */
    static ObjectId commit(Ref ref) {
        return ref.getPeeledObjectId() != null ? ref.getPeeledObjectId() : ref.getObjectId();
    }

    /**
     * Fetches objects and what they lead to, as far as the filter lets it through. A server that knows no filters sends more.
     *
     * @param have commits that are here with all that they lead to; those of which only a part is here are not to be named
     * @param depth of the history of commits; 0 for all of it
     */
    void fetch(Collection<ObjectId> wanted, Set<ObjectId> have, int depth, FilterSpec filter) throws IOException {
        try {
            fetchOnce(wanted, have, depth, noFilters ? FilterSpec.NO_FILTER : filter);
        } catch (HostException e) {
            if (noFilters || !e.saysOf(JGitText.get().filterRequiresCapability)) {
                throw e;
            }
            noFilters = true;
            fetchOnce(wanted, have, depth, FilterSpec.NO_FILTER);
        }
    }

    private void fetchOnce(Collection<ObjectId> wanted, Set<ObjectId> have, int depth, FilterSpec filter)
            throws IOException {
        List<Ref> wants = wanted.stream()
                .map(id -> (Ref) new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id))
                .toList();
        asking(Backoff.patient(), (local, transport) -> {
            if (depth > 0) {
                transport.setDepth(depth);
            }
            transport.setFilterSpec(filter);
            // What a difference is to may be what was left out.
            transport.setFetchThin(false);
            try (FetchConnection connection = transport.openFetch(List.of(new RefSpec(Refs.MAIN)))) {
                connection.fetch(NullProgressMonitor.INSTANCE, wants, have);
                return wants;
            }
        });
    }

    /**
     * Asks to let a branch name a commit, once; main is only moved forward, others wherever.
     *
     * @return why the host refuses, in its words; empty when it does not
     */
    Optional<String> push(BranchPush push) throws IOException {
        return talk(options -> new Pushing(options, push), (local, transport) -> {
            transport.setPushThin(false);
            RemoteRefUpdate update = new RemoteRefUpdate(
                    local,
                    push.wanted() == null ? null : push.wanted().name(),
                    push.wanted(),
                    push.branch(),
                    !push.branch().equals(Refs.MAIN),
                    null,
                    push.expected() == null ? ObjectId.zeroId() : push.expected());
            PushResult result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
            return switch (update.getStatus()) {
                case OK, UP_TO_DATE -> Optional.<String>empty();
                case NOT_ATTEMPTED, AWAITING_REPORT ->
                    throw new HostException(
                            "%s: no answer to the push (expected: %s accepted or refused)"
                                    .formatted(address, Repository.shortenRefName(push.branch())),
                            HostException.Kind.PASSING,
                            null);
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

    /** Asks for something that changes nothing at the host, and so may be asked for again. */
    private <T> T asking(Backoff backoff, Conversation<T> conversation) throws IOException {
        while (true) {
            try {
                return talk(FileRepository::new, conversation);
            } catch (HostException e) {
                if (!e.isPassing() || !backoff.pause(e.retryAfter())) {
                    throw e;
                }
            }
        }
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
            throw connections.status() == HttpURLConnection.HTTP_OK ? failure(e, connections) : unknown(e);
        } catch (TransportException e) {
            throw failure(e, connections);
        } finally {
            Folders.delete(folder);
        }
    }

    private HostException unknown(NoRemoteRepositoryException e) {
        boolean known = access.hasToken() || ssh != null;
        return new HostException(
                "%s: no repository there, or none that we may see%s"
                        .formatted(address, known ? "" : HttpFailure.remedy(401, null)),
                HostException.Kind.REFUSED,
                e);
    }

    private HostException failure(TransportException e, HttpConnections connections) {
        String problem = ssh == null ? null : ssh.problem();
        if (problem == null
                && root(e) instanceof SshException login
                && login.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE) {
            problem =
                    "cannot log in (LAUREL_SSH_KEY: a private key without a password, whose public half the host knows)";
        }
        int status = connections.status();
        boolean lost = problem == null && isLost(root(e));
        HostException.Kind kind = status == 401 || status == 403 || problem != null
                ? HostException.Kind.REFUSED
                : HttpFailure.isPassing(status) || lost ? HostException.Kind.PASSING : HostException.Kind.OTHER;
        String remedy = HttpFailure.remedy(status, connections.retryAfter());
        return new HostException(
                "%s: %s%s"
                        .formatted(
                                address,
                                problem != null ? problem : reason(e),
                                lost && remedy.isEmpty() ? " (is the host up, and the address right?)" : remedy),
                kind,
                (ssh == null && !connections.hasPosted()) || status == 429,
                connections.retryAfter(),
                e);
    }

    /** Whether the connection was refused, or ended before the answer did. */
    private static boolean isLost(Throwable e) {
        return e instanceof SocketException
                || e instanceof EOFException
                || e instanceof InterruptedIOException
                // Java's own HTTP has no other word for it.
                || "Premature EOF".equals(e.getMessage());
    }

    @Override
    public void close() {
        if (ssh != null) {
            ssh.close();
        }
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** JGit puts the address before what happened, and what happened into a cause. */
    private String reason(TransportException e) {
        Throwable root = root(e);
        String cause = Reason.of(root);
        if (root instanceof UnknownHostException || root instanceof SSLException) {
            return cause;
        }
        String message = Reason.of(e).replace(address + ": ", "");
        boolean said = root.getMessage() == null || message.contains(cause) || message.contains(root.getMessage());
        return said ? message : message + ": " + cause;
    }

    /** Reads as a push of one commit has to. */
    private static final class Pushing extends FileRepository {
        private final Set<ObjectId> known;
        private final Set<ObjectId> changed;

        Pushing(BaseRepositoryBuilder<?, ?> options, BranchPush push) throws IOException {
            super(options);
            this.known = push.parent() == null ? Set.of() : Set.of(push.parent());
            try (ObjectReader here = super.newObjectReader()) {
                this.changed =
                        push.wanted() == null ? Set.of() : PushReader.changed(here, push.wanted(), push.parent());
            }
        }

        @Override
        public ObjectReader newObjectReader() {
            return new PushReader(super.newObjectReader(), known, changed);
        }
    }
}
