package dev.laurel.git.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.host.Access;
import dev.laurel.model.Digest;
import dev.laurel.model.InvalidValueException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of 100 bytes in two mirrors, which may have 500 bytes together. */
class CacheBoundTest {
    @TempDir
    private Path folder;

    private LfsStore mirror(String name) {
        return new LfsStore(folder.resolve(name), null, new CacheBound(folder, 500));
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[100];
        bytes[0] = (byte) number;
        return bytes;
    }

    private static LfsPointer pointer(int number) {
        return new LfsPointer(Digest.of(bytes(number)), 100);
    }

    private static void keep(LfsStore store, int number) throws IOException {
        store.receive(pointer(number), new ByteArrayInputStream(bytes(number)));
    }

    private static void lastUsed(LfsStore store, int number, Duration ago) throws IOException {
        Files.setLastModifiedTime(
                store.file(pointer(number).digest()),
                FileTime.from(Instant.now().minus(ago)));
    }

    private static List<Integer> kept(LfsStore store) throws IOException {
        List<Integer> kept = new ArrayList<>();
        for (int number = 1; number <= 9; number++) {
            if (store.size(pointer(number).digest()) >= 0) {
                kept.add(number);
            }
        }
        return kept;
    }

    @Test
    void dropsWhatWasUsedLongestAgoInWhicheverMirror() throws IOException {
        LfsStore one = mirror("one");
        LfsStore other = mirror("other");
        for (int number = 1; number <= 3; number++) {
            keep(one, number);
            lastUsed(one, number, Duration.ofHours(10L - number));
        }
        for (int number = 4; number <= 5; number++) {
            keep(other, number);
            lastUsed(other, number, Duration.ofHours(20L - number));
        }
        assertThat(kept(one)).containsExactly(1, 2, 3);

        keep(one, 6);

        assertThat(kept(one)).containsExactly(1, 2, 3, 6);
        assertThat(kept(other)).isEmpty();
    }

    @Test
    void aReadIsAUse() throws IOException {
        LfsStore mirror = mirror("one");
        for (int number = 1; number <= 5; number++) {
            keep(mirror, number);
            lastUsed(mirror, number, Duration.ofHours(10L - number));
        }
        mirror.verify(pointer(1));
        mirror.read(pointer(3));

        keep(mirror, 6);

        assertThat(kept(mirror)).containsExactly(1, 3, 5, 6);
    }

    @Test
    void keepsWhatIsInUseWhateverItsSize() throws IOException {
        LfsStore mirror = mirror("one");
        for (int number = 1; number <= 8; number++) {
            keep(mirror, number);
        }
        assertThat(kept(mirror)).hasSize(8);

        lastUsed(mirror, 2, Duration.ofHours(1));
        keep(mirror, 9);

        assertThat(kept(mirror)).hasSize(8).doesNotContain(2);
    }

    @Test
    void whatIsOpenIsReadToItsEnd() throws IOException {
        LfsStore mirror = mirror("one");
        keep(mirror, 1);
        try (FileChannel open = mirror.open(pointer(1).digest())) {
            lastUsed(mirror, 1, Duration.ofHours(1));
            for (int number = 2; number <= 6; number++) {
                keep(mirror, number);
            }
            assertThat(kept(mirror)).doesNotContain(1);
            assertThat(open.size()).isEqualTo(100);
        }
    }

    @Test
    void halfADownloadThatNobodyWentOnWithGoesToo() throws IOException {
        LfsStore mirror = mirror("one");
        keep(mirror, 1);
        Path part = folder.resolve("one/lfs/tmp/" + "0".repeat(64) + ".part");
        Files.write(part, new byte[450]);
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofDays(1))));

        keep(mirror("one"), 2);

        assertThat(part).doesNotExist();
        assertThat(kept(mirror)).containsExactly(1, 2);
    }

    @Test
    void aSizeHasAUnit() {
        assertThatThrownBy(() -> Access.of(Map.of("LAUREL_CACHE_SIZE", "5")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("LAUREL_CACHE_SIZE: 5 (expected: a size such as 500MB or 5GB)");
    }
}
