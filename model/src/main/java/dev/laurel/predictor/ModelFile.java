package dev.laurel.predictor;

import dev.laurel.definition.Definition;
import dev.laurel.drift.Profile;
import dev.laurel.feature.FittedFeatures;
import dev.laurel.feature.FittedState;
import dev.laurel.model.InvalidValueException;
import dev.laurel.program.Reason;
import dev.laurel.yaml.InvalidDocumentException;
import dev.laurel.yaml.Yaml;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The one file that a server needs: a ZIP of stored entries with one fixed time, described in {@code docs/model-file.md}. The same contents
 * always give the same bytes.
 *
 * @param predictor the trained model, see {@link PredictorFormat}; not copied, since it may be large
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of megabytes would only cost
public record ModelFile(
        Definition definition, Signature signature, FittedState fitted, Profile profile, byte[] predictor) {
    private static final String FORMAT = "format.txt";
    private static final String DEFINITION = "definition.yaml";
    private static final String SIGNATURE = "signature.yaml";
    private static final String FITTED = "fitted.yaml";
    private static final String PROFILE = "profile.yaml";
    private static final String PREDICTOR = "predictor.bin";
    private static final List<String> ENTRIES = List.of(FORMAT, DEFINITION, SIGNATURE, FITTED, PROFILE, PREDICTOR);
    /** The earliest time that a ZIP can hold. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    /** The same for an entry's extra field, in seconds since 1970: Java would fill in what it is in the time zone of the machine. */
    private static final byte[] TIME_IN_UTC = {'U', 'T', 5, 0, 1, 0x00, (byte) 0xa6, (byte) 0xce, 0x12};

    public byte[] encode() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(FORMAT, FormatNumber.CURRENT.toBytes());
        entries.put(DEFINITION, Yaml.write(definition));
        entries.put(SIGNATURE, Yaml.write(signature));
        entries.put(FITTED, Yaml.write(fitted));
        entries.put(PROFILE, Yaml.write(profile));
        entries.put(PREDICTOR, predictor);
        return zip(entries);
    }

    /** Exactly as a model file has to be. */
    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                store(zip, entry.getKey(), entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(TIME);
        entry.setExtra(TIME_IN_UTC);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Reads the parts of a model file; the predictor is not decoded yet, {@link Predictor#decode} does that. Of a file with a higher minor
     * format number what is known here is taken.
     *
     * @param bytes whose digest has been verified already
     * @throws InvalidModelFileException when an entry is missing, doubled, unknown or not readable, or the parts do not fit each other
     */
    public static ModelFile decode(byte[] bytes) {
        Map<String, byte[]> entries = entries(bytes);
        FormatNumber format = FormatNumber.parse(entry(entries, FORMAT));
        if (!format.isNewer() && !List.copyOf(entries.keySet()).equals(ENTRIES)) {
            throw unexpected(entries);
        }
        try {
            Definition definition = format.read(entry(entries, DEFINITION), DEFINITION, Definition.class);
            Signature signature = format.read(entry(entries, SIGNATURE), SIGNATURE, Signature.class);
            FittedState fitted = format.read(entry(entries, FITTED), FITTED, FittedState.class);
            Profile profile = format.read(entry(entries, PROFILE), PROFILE, Profile.class);
            List<String> profiled = profile.features().stream()
                    .map(Profile.Distribution::feature)
                    .toList();
            if (!profiled.equals(signature.features())) {
                throw new InvalidModelFileException(
                        "%s is of %s (expected: %s)".formatted(PROFILE, profiled, signature.features()));
            }
            ModelFile file = new ModelFile(definition, signature, fitted, profile, entry(entries, PREDICTOR));
            List<String> computed = file.features().outputs();
            if (!computed.equals(signature.features())) {
                throw new InvalidModelFileException(
                        "%s gives %s (expected: %s)".formatted(FITTED, computed, signature.features()));
            }
            return file;
        } catch (InvalidDocumentException e) {
            throw new InvalidModelFileException(String.valueOf(e.getMessage()), e);
        } catch (InvalidValueException e) {
            throw new InvalidModelFileException(FITTED + ": " + e.getMessage(), e);
        }
    }

    /** The features as they are computed for this model. */
    public FittedFeatures features() {
        return new FittedFeatures(definition.features(), definition.fillings(), fitted);
    }

    private static byte[] entry(Map<String, byte[]> entries, String name) {
        return Objects.requireNonNull(entries.get(name));
    }

    private static InvalidModelFileException unexpected(Map<String, byte[]> entries) {
        return new InvalidModelFileException("entries %s (expected: %s)".formatted(entries.keySet(), ENTRIES));
    }

    /** All entries, from bytes that are exactly what {@link #zip} makes of them. */
    private static Map<String, byte[]> entries(byte[] bytes) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                // A compressed entry could be a bomb; ours are never compressed.
                if (entry.getMethod() != ZipEntry.STORED) {
                    throw new InvalidModelFileException(
                            "entry %s is compressed (expected: stored)".formatted(entry.getName()));
                }
                if (entries.put(entry.getName(), zip.readAllBytes()) != null) {
                    throw new InvalidModelFileException("entry " + entry.getName() + " twice");
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidModelFileException("not a readable ZIP: " + Reason.of(e), e);
        }
        // No release wrote such files.
        if (entries.containsKey(DEFINITION) && !entries.containsKey(FITTED)) {
            throw new InvalidModelFileException("written by a Laurel before 0.1.0 (expected: format %s; train it again)"
                    .formatted(FormatNumber.CURRENT));
        }
        if (!entries.keySet().containsAll(ENTRIES)) {
            throw unexpected(entries);
        }
        // The reader above heeds neither times nor the directory at the end nor what follows it.
        if (!Arrays.equals(zip(entries), bytes)) {
            throw new InvalidModelFileException("a ZIP of another form than that of model files; is it damaged?");
        }
        return entries;
    }
}
