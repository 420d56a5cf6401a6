package dev.laurel.run;

import dev.laurel.evaluation.Report;
import dev.laurel.model.ModelName;
import dev.laurel.model.Provenance;
import dev.laurel.model.Version;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.Draft;
import dev.laurel.yaml.Yaml;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a version is made of, to be registered once more: somewhere else, or with something of it changed. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Copy(byte[] modelFile, byte @Nullable [] data, Report report, Provenance provenance) implements Draft {
    static Copy of(Home home, int version) {
        VersionRecord record = home.record(version);
        return new Copy(
                home.fetch(record.modelFile()),
                home.fetch(record.data()),
                home.report(version),
                home.provenance(version));
    }

    Copy with(byte @Nullable [] other) {
        return new Copy(modelFile, other, report, provenance);
    }

    Copy with(Report other) {
        return new Copy(modelFile, data, other, provenance);
    }

    Copy with(Provenance other) {
        return new Copy(modelFile, data, report, other);
    }

    @Override
    public ModelName model() {
        return DefinitionFixture.MODEL;
    }

    @Override
    public SortedMap<String, byte[]> documents(Version version) {
        return new TreeMap<>(Map.of("report.yaml", Yaml.write(report), "provenance.yaml", Yaml.write(provenance)));
    }

    @Override
    public String summary() {
        return "a copy";
    }
}
