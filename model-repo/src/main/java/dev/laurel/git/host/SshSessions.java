package dev.laurel.git.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSession;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** SSH with one key, to hosts whose keys are known: no agent, no configuration of the user, nobody who is asked. */
public final class SshSessions implements AutoCloseable {
    private static final int LARGEST_ANSWER = 100_000;

    private final Access access;
    private final File folder;
    private @Nullable Factory factory;
    private volatile @Nullable String problem;

    /** @param folder where JGit may look for files of SSH and finds none */
    public SshSessions(Access access, Path folder) {
        this.access = access;
        this.folder = folder.toFile();
    }

    public synchronized SshdSessionFactory factory() throws IOException {
        if (factory == null) {
            factory = new Factory(access.sshKey(), access.knownHosts());
        }
        return factory;
    }

    /** Why the host was not talked to; null when its key is known. */
    public @Nullable String problem() {
        return problem;
    }

    /** What a command at the host prints. */
    public String run(URIish address, String command) throws IOException {
        int seconds = (int) HttpHost.PATIENCE.toSeconds();
        try {
            Process process = factory()
                    .getSession(address, null, FS.DETECTED, (int) HttpHost.PATIENCE.toMillis())
                    .exec(command, seconds);
            try (InputStream out = process.getInputStream();
                    InputStream errors = process.getErrorStream()) {
                String printed = new String(out.readNBytes(LARGEST_ANSWER), UTF_8);
                String said = new String(errors.readNBytes(LARGEST_ANSWER), UTF_8).strip();
                if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new HostException(
                            "%s: %s: %s".formatted(address, command, said.isEmpty() ? "failed" : said),
                            HostException.Kind.REFUSED,
                            null);
                }
                return printed;
            } finally {
                process.destroy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public synchronized void close() {
        if (factory != null) {
            factory.close();
        }
    }

    /** Keeps its session to the host open: to agree on keys takes longer than what is then talked about. */
    private final class Factory extends SshdSessionFactory {
        private final Path key;
        private final Path knownHosts;
        private @Nullable SshdSession session;

        Factory(Path key, Path knownHosts) {
            super(null, null);
            this.key = key;
            this.knownHosts = knownHosts;
            setHomeDirectory(folder);
            setSshDirectory(folder);
        }

        @Override
        public synchronized SshdSession getSession(
                URIish address, @Nullable CredentialsProvider nobody, FS files, int millis) throws TransportException {
            if (session == null) {
                session = super.getSession(address, nobody, files, millis);
                session.addCloseListener(closed -> forget());
            }
            return session;
        }

        private synchronized void forget() {
            session = null;
        }

        @Override
        public void releaseSession(RemoteSession open) {
            // It is the one that is kept; close() ends it.
        }

        @Override
        protected @Nullable File getSshConfig(File sshFolder) {
            return null;
        }

        @Override
        protected List<Path> getDefaultIdentities(File sshFolder) {
            return List.of(key);
        }

        @Override
        protected List<Path> getDefaultKnownHostsFiles(File sshFolder) {
            return List.of(knownHosts);
        }

        @Override
        protected @Nullable ConnectorFactory getConnectorFactory() {
            return null;
        }

        @Override
        protected String getDefaultPreferredAuthentications() {
            return "publickey";
        }

        @Override
        protected ServerKeyDatabase createServerKeyDatabase(File home, File sshFolder) {
            return new KnownHosts(super.createServerKeyDatabase(home, sshFolder), knownHosts);
        }
    }

    /** Says why a host's key is not accepted; JGit only says that it is not. */
    private final class KnownHosts implements ServerKeyDatabase {
        private final ServerKeyDatabase database;
        private final Path file;

        KnownHosts(ServerKeyDatabase database, Path file) {
            this.database = database;
            this.file = file;
        }

        @Override
        public List<PublicKey> lookup(String name, InetSocketAddress remote, Configuration configuration) {
            return database.lookup(name, remote, configuration);
        }

        @Override
        public boolean accept(
                String name,
                InetSocketAddress remote,
                PublicKey key,
                Configuration configuration,
                @Nullable CredentialsProvider nobody) {
            boolean known = database.accept(name, remote, key, configuration, null);
            problem = known
                    ? null
                    : "host key %s: %s %s (compare it with the one that the host publishes, then add its line from ssh-keyscan)"
                            .formatted(
                                    KeyUtils.getFingerPrint(key),
                                    lookup(name, remote, configuration).isEmpty()
                                            ? "no key of this host is in"
                                            : "another one of this host is in",
                                    file);
            return known;
        }
    }
}
