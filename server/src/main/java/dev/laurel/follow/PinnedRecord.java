package dev.laurel.follow;

import dev.laurel.model.Digest;
import dev.laurel.model.Expect;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.model.VersionRecord;
import dev.laurel.registry.view.Revision;
import dev.laurel.yaml.Yaml;

/** The record of the version that a pin names. */
final class PinnedRecord {
    private PinnedRecord() {}

    /** The record that the pin covers by its digest; the pin's own words about the model file have to be the record's. */
    static VersionRecord of(Revision revision, ModelName model, Pin pin) {
        Expect.that(pin.model().equals(model), "model in the pin", pin.model(), model.toString());
        VersionRecord record = revision.record(model, pin.version());
        // Its canonical bytes: a record that was written by other hands than ours is not one to trust.
        Digest digest = Digest.of(Yaml.write(record));
        Expect.that(digest.equals(pin.record()), "record of " + pin.version(), digest, "the pin's: " + pin.record());
        VersionRecord.Content file = record.modelFile();
        Expect.that(
                pin.digest().equals(file.digest()),
                "digest in the pin",
                pin.digest(),
                "that of " + pin.version() + ": " + file.digest());
        Expect.that(
                pin.size() == file.size(),
                "size in the pin",
                pin.size(),
                "that of " + pin.version() + ": " + file.size());
        return record;
    }
}
