package dev.laurel.cli.shard;

import dev.laurel.model.Expect;
import dev.laurel.model.Shard;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that shards share, and the one that ends it.
 *
 * @param command the words of predict or train, without the options of shards
 * @param target the file that predict writes; null where each shard leaves its work where it belongs, as in a database
 */
record Work(List<String> command, int shards, @Nullable String target) {
    Work {
        command = List.copyOf(command);
        Expect.range("--shards", shards, 1, Shard.MOST);
    }

    boolean isTraining() {
        return command.get(0).equals("train");
    }

    /** Of the shard that its environment names. */
    List<String> ofShard() {
        return with(command, "--shards", Integer.toString(shards));
    }

    /** @param number what stands for the number */
    List<String> ofShard(String number) {
        return with(ofShard(), "--shard", number);
    }

    /** What puts the results together; empty where nothing has to. */
    List<String> end() {
        if (isTraining()) {
            return command;
        }
        return target == null ? List.of() : List.of("join", target, "--shards", Integer.toString(shards));
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }
}
