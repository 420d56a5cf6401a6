package dev.laurel.server;

import dev.laurel.model.Pin;
import dev.laurel.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A pin in a ConfigMap as the kubelet mounts it: {@code champion.yaml} is a link into {@code ..data}, which is a link to a folder with the
 * time in its name. A new content comes in a new folder, and one rename of {@code ..data} shows it.
 */
final class MountedPin {
    private static final String PIN = "champion.yaml";

    private final Path volume;
    private int writes;

    private MountedPin(Path volume) {
        this.volume = volume;
    }

    static MountedPin in(Path volume, Pin pin) throws IOException {
        MountedPin mounted = new MountedPin(Files.createDirectories(volume));
        mounted.update(pin);
        Files.createSymbolicLink(volume.resolve(PIN), Path.of("..data", PIN));
        return mounted;
    }

    Path file() {
        return volume.resolve(PIN);
    }

    void update(Pin pin) throws IOException {
        update(new String(Yaml.write(pin), StandardCharsets.UTF_8));
    }

    void update(String text) throws IOException {
        Path data = volume.resolve("..data");
        Path old = Files.exists(data) ? data.toRealPath() : null;
        Path folder = Files.createDirectory(volume.resolve("..2026_11_21_05_00_00." + ++writes));
        Files.writeString(folder.resolve(PIN), text);
        Path link = Files.createSymbolicLink(volume.resolve("..data_tmp"), folder.getFileName());
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE);
        if (old != null) {
            Files.delete(old.resolve(PIN));
            Files.delete(old);
        }
    }
}
