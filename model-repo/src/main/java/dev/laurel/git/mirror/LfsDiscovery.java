package dev.laurel.git.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.git.host.HostException;
import dev.laurel.git.host.Location;
import dev.laurel.git.host.SshSessions;
import dev.laurel.git.lfs.LfsAddress;
import dev.laurel.program.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Finds the LFS server of a repository as git-lfs does: from {@code lfs.url} in its {@code .lfsconfig}, else beside its address. */
final class LfsDiscovery implements LfsAddress {
    private static final String CONFIG = ".lfsconfig";
    private static final int LARGEST_CONFIG = 100_000;

    private final Location.Remote location;
    private final @Nullable SshSessions ssh;
    private final Mirror mirror;
    private final Map<String, Endpoint> told = new ConcurrentHashMap<>();

    /** @param ssh for {@code ssh://}, where the host tells the address; else null */
    LfsDiscovery(Location.Remote location, @Nullable SshSessions ssh, Mirror mirror) {
        this.location = location;
        this.ssh = ssh;
        this.mirror = mirror;
    }

    @Override
    public Endpoint of(String operation) throws IOException {
        @Nullable String configured = configured();
        if (configured != null) {
            if (!configured.matches("https?://[^\\s@]+")) {
                throw new IOException("lfs.url in %s: %s (expected: https://... without a user in it)"
                        .formatted(CONFIG, configured.replaceAll("//[^/]*@", "//***@")));
            }
            return endpoint(configured);
        }
        String address = location.toString();
        if (ssh != null) {
            Endpoint known = told.get(operation);
            if (known == null || (known.expires() != null && !Instant.now().isBefore(known.expires()))) {
                known = authenticate(ssh, operation);
                told.put(operation, known);
            }
            return known;
        }
        return endpoint(address + (address.endsWith(".git") ? "" : ".git") + "/info/lfs");
    }

    private Endpoint authenticate(SshSessions sessions, String operation) throws IOException {
        try {
            String path = "'" + location.address().getPath().replace("'", "'\\''") + "'";
            return Endpoint.parse(sessions.run(
                    new URIish(location.toString()), "git-lfs-authenticate %s %s".formatted(path, operation)));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        } catch (HostException e) {
            throw new HostException(
                    Reason.of(e) + " (a host without git-lfs-authenticate needs lfs.url in " + CONFIG + ")",
                    e.isRefused() ? HostException.Kind.REFUSED : HostException.Kind.OTHER,
                    e);
        }
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(URI.create(address.replaceAll("/+$", "")), Map.of(), null);
    }

    private @Nullable String configured() throws IOException {
        Optional<ObjectId> main = mirror.main();
        if (main.isEmpty()) {
            return null;
        }
        try (ObjectReader reader = mirror.repository().newObjectReader();
                RevWalk walk = new RevWalk(reader);
                TreeWalk file = TreeWalk.forPath(
                        reader, CONFIG, walk.parseCommit(main.get()).getTree())) {
            if (file == null) {
                return null;
            }
            Config config = new Config();
            config.fromText(new String(reader.open(file.getObjectId(0)).getCachedBytes(LARGEST_CONFIG), UTF_8));
            return config.getString("lfs", null, "url");
        } catch (ConfigInvalidException e) {
            throw new IOException(CONFIG + ": cannot be read: " + Reason.of(e), e);
        }
    }
}
