package dev.laurel.cli.flow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.cli.common.Commands;
import dev.laurel.cli.flow.FlowReport.StepReport;
import dev.laurel.cli.output.Output;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Runs the steps of a flow one after another, until one fails. Each is the command that a person would type, with its result for programs. */
final class FlowRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Flow flow;
    private final List<List<String>> lines;
    private final List<String> shown;
    private final String repository;
    private final Commands commands;
    private final Output output;

    /**
     * @param lines the words of each step
     * @param shown each step for people
     * @param repository where the models are, for every step
     */
    FlowRun(
            Flow flow,
            List<List<String>> lines,
            List<String> shown,
            String repository,
            Commands commands,
            Output output) {
        this.flow = flow;
        this.lines = lines;
        this.shown = shown;
        this.repository = repository;
        this.commands = commands;
        this.output = output;
    }

    FlowReport run() {
        List<StepReport> done = new ArrayList<>();
        boolean failed = false;
        for (int i = 0; i < lines.size(); i++) {
            Flow.Step step = flow.steps().get(i);
            if (failed) {
                done.add(StepReport.skipped(step));
                continue;
            }
            output.progress("step %s of %s, %s: laurel %s".formatted(i + 1, lines.size(), step.name(), shown.get(i)));
            StepReport report = run(step, lines.get(i));
            done.add(report);
            failed = report.isFailure();
        }
        return FlowReport.of(flow, done);
    }

    private StepReport run(Flow.Step step, List<String> line) {
        long begin = System.nanoTime();
        Attempt attempt = attempt(line);
        int attempts = 1;
        // Any other code is an answer, which would be the same again.
        while (attempt.exit() == CommandLine.ExitCode.SOFTWARE
                && !step.goesOnAfter(attempt.exit())
                && attempts <= step.retries()) {
            long seconds = step.waitBefore(attempts);
            output.progress("  exit code %s; again in %s s (%s of %s)"
                    .formatted(attempt.exit(), seconds, attempts, step.retries()));
            if (!paused(seconds)) {
                break;
            }
            attempt = attempt(line);
            attempts++;
        }
        String outcome = attempt.exit() == 0 ? "done" : step.goesOnAfter(attempt.exit()) ? "accepted" : "failed";
        double seconds = Math.round((System.nanoTime() - begin) / 1e8) / 10.0;
        return new StepReport(
                step.name(),
                step.run(),
                outcome,
                attempt.exit(),
                attempts,
                seconds,
                attempt.result(),
                attempt.exit() == 0 ? null : attempt.message());
    }

    private record Attempt(
            int exit, @Nullable JsonNode result, @Nullable String message) {}

    private Attempt attempt(List<String> line) {
        List<String> words = new ArrayList<>(line);
        words.addAll(List.of("--repo", repository));
        String[] all = words.toArray(String[]::new);
        CommandLine command = commands.line(all);
        CommandLine step = command.getSubcommands().get(line.get(0));
        boolean forPrograms = output.isForPrograms()
                && step != null
                && step.getCommandSpec().findOption("--output") != null
                && line.stream().noneMatch(word -> word.equals("--output") || word.startsWith("--output="));
        if (forPrograms) {
            words.addAll(List.of("--output", "json"));
            all = words.toArray(String[]::new);
        }
        StringWriter out = new StringWriter();
        LastLine err = new LastLine(output.err());
        int exit = command.setOut(output.isForPrograms() ? new PrintWriter(out, true) : output.out())
                .setErr(new PrintWriter(err, true))
                .execute(all);
        return new Attempt(exit, forPrograms ? tree(out.toString()) : null, err.last());
    }

    /** What is no JSON was for people. */
    private static @Nullable JsonNode tree(String text) {
        try {
            return text.isBlank() ? null : JSON.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static boolean paused(long seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
