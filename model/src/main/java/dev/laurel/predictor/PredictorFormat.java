package dev.laurel.predictor;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The entry {@code predictor.bin} of a model file: a header that names the kind, then what that kind wrote. The list of the kinds is here. */
public final class PredictorFormat {
    private static final String MAGIC = "LAUREL-PREDICTOR";
    private static final int VERSION = 1;

    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>("trees", Trees.class, TreesFormat::write, TreesFormat::read),
            new Kind<>("linear", Linear.class, Linear::write, Linear::read),
            new Kind<>("neighbours", Neighbours.class, Neighbours::write, Neighbours::read),
            new Kind<>("support-vectors", SupportVectors.class, SupportVectors::write, SupportVectors::read),
            new Kind<>("boosted-trees", BoostedTrees.class, BoostedTrees::write, BoostedTrees::read),
            new Kind<>(Calibrated.NAME, Calibrated.class, Calibrated::write, Calibrated::read));

    /** One kind: its name in a file, and how it is written and read behind the header. */
    private record Kind<T extends Compiled>(
            String name, Class<T> type, BiConsumer<T, FlatWriter> write, Function<FlatReader, T> read) {

        void encode(Compiled compiled, FlatWriter writer) {
            writer.name(name);
            write.accept(type.cast(compiled), writer);
        }
    }

    private PredictorFormat() {}

    /** The same predictor always gives the same bytes. */
    public static byte[] encode(Compiled compiled) {
        FlatWriter writer = new FlatWriter();
        writer.name(MAGIC);
        writer.unsignedByte(VERSION);
        write(compiled, writer);
        return writer.toBytes();
    }

    /** The name of its kind, then what that writes. */
    static void write(Compiled compiled, FlatWriter writer) {
        KINDS.stream()
                .filter(kind -> kind.type.isInstance(compiled))
                .findFirst()
                .orElseThrow()
                .encode(compiled, writer);
    }

    /**
     * Needs at most a few times as much memory as there are bytes, whatever they are.
     *
     * @throws InvalidModelFileException when the bytes are not what {@link #encode} writes
     */
    public static Compiled decode(byte[] bytes) {
        FlatReader reader = new FlatReader(bytes);
        FlatReader.expect(reader.name().equals(MAGIC), "it does not begin with " + MAGIC);
        int version = reader.unsignedByte();
        FlatReader.expect(version == VERSION, "format version %s (expected: %s)".formatted(version, VERSION));
        Compiled compiled = read(reader, reader.name());
        reader.expectEnd();
        return compiled;
    }

    /** What {@link #write} wrote behind the name of the kind. */
    static Compiled read(FlatReader reader, String name) {
        return KINDS.stream()
                .filter(kind -> kind.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidModelFileException("predictor: kind %s (expected: %s)"
                        .formatted(name, KINDS.stream().map(Kind::name).toList())))
                .read
                .apply(reader);
    }
}
