package dev.laurel.git.lfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.laurel.model.Digest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in Git in place of a file that Git LFS keeps: its digest and its size, in the very text that git-lfs writes. */
public record LfsPointer(Digest digest, long size) {
    private static final Pattern FORM = Pattern.compile(
            "version https://git-lfs\\.github\\.com/spec/v1\noid sha256:([0-9a-f]{64})\nsize (0|[1-9][0-9]{0,17})\n");
    static final int LONGEST = 200;

    public byte[] encode() {
        return "version https://git-lfs.github.com/spec/v1\noid %s\nsize %s\n"
                .formatted(digest, size)
                .getBytes(UTF_8);
    }

    /** Empty when these bytes are no pointer, such as those of a file that was committed without git-lfs. */
    public static Optional<LfsPointer> parse(byte[] bytes) {
        if (bytes.length > LONGEST) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(new String(bytes, UTF_8));
        return matcher.matches()
                ? Optional.of(new LfsPointer(new Digest(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }
}
