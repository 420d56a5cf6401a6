package dev.laurel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.git.host.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;

/** The showcase behind SSH: C git at the other end, as on a Git host, and the bytes over HTTP, as git-lfs-authenticate tells. */
record SshShowcase(HttpShowcase http, SshServer server, Path keys) implements AutoCloseable {
    /** @param passed the variables of the client that the server hands to Git; many servers do not take GIT_PROTOCOL */
    static SshShowcase in(Path folder, List<String> passed) {
        HttpShowcase http = HttpShowcase.in(folder);
        CommandLine line = CommandLine.in(folder.resolve("work"));
        Path keys = folder.resolve("keys");
        try {
            Files.createDirectories(keys);
            for (String name : List.of("host", "alice", "mallory")) {
                line.run(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        "ed25519",
                        "-N",
                        "",
                        "-C",
                        name,
                        "-f",
                        keys.resolve(name).toString());
            }
            SshServer server = SshServer.setUpDefaultServer();
            server.setHost("127.0.0.1");
            server.setKeyPairProvider(new FileKeyPairProvider(keys.resolve("host")));
            var alice = AuthorizedKeyEntry.readAuthorizedKeys(keys.resolve("alice.pub"))
                    .get(0)
                    .resolvePublicKey(null, PublicKeyEntryResolver.IGNORING);
            server.setPublickeyAuthenticator((user, key, session) -> KeyUtils.compareKeys(key, alice));
            CoreModuleProperties.PUMP_SLEEP_TIME.set(server, Duration.ofMillis(1));
            server.setCommandFactory((channel, command) -> command(channel, command, http, passed));
            server.start();
            Files.writeString(
                    keys.resolve("known_hosts"),
                    "[127.0.0.1]:%d %s\n"
                            .formatted(server.getPort(), Files.readString(keys.resolve("host.pub"), UTF_8)));
            return new SshShowcase(http, server, keys);
        } catch (IOException | java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Command command(ChannelSession channel, String command, HttpShowcase http, List<String> passed)
            throws IOException {
        channel.getEnvironment().getEnv().keySet().removeIf(name -> name.startsWith("GIT_") && !passed.contains(name));
        String json = "{\"href\":\"%s/info/lfs\",\"header\":{\"X-Told\":\"by ssh\"},\"expires_in\":600}"
                .formatted(http.url());
        return command.startsWith("git-lfs-authenticate '/models.git' ")
                ? ProcessShellCommandFactory.INSTANCE.createCommand(channel, "printf '%s' '" + json + "'")
                : ProcessShellCommandFactory.INSTANCE.createCommand(
                        channel,
                        command.replace("'/models.git'", "'" + http.showcase().bare() + "'"));
    }

    Location location() {
        return Location.parse("ssh://alice@127.0.0.1:%d/models.git".formatted(server.getPort()));
    }

    Map<String, String> environment() {
        return Map.of(
                "LAUREL_SSH_KEY", keys.resolve("alice").toString(),
                "LAUREL_SSH_KNOWN_HOSTS", keys.resolve("known_hosts").toString());
    }

    @Override
    public void close() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            http.close();
        }
    }
}
