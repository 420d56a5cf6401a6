package dev.laurel.cli.common;

import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Shard;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of its work a process does, where several share it. */
public final class ShardOptions {
    /** As an Indexed Job of Kubernetes sets it. */
    private static final String INDEX = "JOB_COMPLETION_INDEX";

    @Option(
            names = "--shards",
            paramLabel = "COUNT",
            description = "How many processes share the work (default: this one does all of it).")
    private @Nullable Integer shards;

    @Option(
            names = "--shard",
            paramLabel = "NUMBER",
            description =
                    "With --shards: which of them this one is, from 0 (environment: JOB_COMPLETION_INDEX, as an Indexed Job of Kubernetes sets it).")
    private @Nullable Integer shard;

    public Shard get() {
        if (shards == null) {
            if (shard != null) {
                // All of it, as often as there are shards, would be what nobody meant.
                throw new InvalidValueException("--shard", shard, "none without --shards");
            }
            return Shard.WHOLE;
        }
        return new Shard(shard == null ? ofIndexedJob(System.getenv(INDEX), shards) : shard, shards);
    }

    private static int ofIndexedJob(@Nullable String index, int shards) {
        if (index == null) {
            throw new InvalidValueException(
                    "--shard", "missing", "0.." + (shards - 1) + ", or " + INDEX + " in the environment");
        }
        if (!index.matches("\\d{1,9}")) {
            throw new InvalidValueException(INDEX, index, "0.." + (shards - 1));
        }
        return Integer.parseInt(index);
    }

    /** Whether only a part is done, be it the only one. */
    public boolean isAsked() {
        return shards != null;
    }
}
