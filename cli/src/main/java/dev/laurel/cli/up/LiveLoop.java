package dev.laurel.cli.up;

import dev.laurel.cli.common.Authors;
import dev.laurel.cli.output.Errors;
import dev.laurel.cli.output.LiveText;
import dev.laurel.judge.LiveJudging;
import dev.laurel.judge.LiveServers;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Registry;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lets the traffic of this very server decide about challengers and failing champions, again and again. */
final class LiveLoop {
    private final Registry registry;
    private final Environment environment;
    private final LiveJudging judging;
    private final PrintWriter out;
    private final PrintWriter err;

    /** What was said of a model: once, not every time. */
    private final Map<ModelName, String> said = new HashMap<>();

    LiveLoop(Registry registry, Environment environment, String url, PrintWriter out, PrintWriter err) {
        this.registry = registry;
        this.environment = environment;
        this.judging = new LiveJudging(registry, environment, new LiveServers(List.of(url)), Authors.automation());
        this.out = out;
        this.err = err;
    }

    void judgeAll() {
        for (ModelName model : registry.head().models()) {
            try {
                if (LiveJudging.concerns(registry.head(), environment, model)) {
                    LiveText text = LiveText.of(model, environment, judging.judge(model));
                    if (!text.line().equals(said.put(model, text.line())) && text.commit() != null) {
                        out.println("live traffic: " + text.line());
                    }
                }
            } catch (RuntimeException e) {
                Errors.report(e, model + ": live traffic: ", err, false);
            }
        }
    }
}
