package dev.laurel.cli.common;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Shard;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of its work a process does, where several share it. */
public final class ShardOptions {
    @Option(
            names = "--shards",
            paramLabel = "COUNT",
            description = "How many processes share the work (default: this one does all of it).")
    private @Nullable Integer shards;

    @Option(
            names = "--shard",
            paramLabel = "NUMBER",
            defaultValue = "${env:JOB_COMPLETION_INDEX}",
            description =
                    "With --shards: which of them this one is, from 0 (environment: JOB_COMPLETION_INDEX, as an Indexed Job of Kubernetes sets it).")
    private @Nullable Integer shard;

    public Shard get() {
        if (shards == null) {
            return Shard.WHOLE;
        }
        if (shard == null) {
            throw new InvalidValueException(
                    "--shard", "missing", "0.." + (shards - 1) + ", or JOB_COMPLETION_INDEX in the environment");
        }
        return new Shard(shard, shards);
    }

    /** Whether only a part is done, be it the only one. */
    public boolean isAsked() {
        return shards != null;
    }
}
