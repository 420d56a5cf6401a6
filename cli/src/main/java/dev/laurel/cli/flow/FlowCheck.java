package dev.laurel.cli.flow;

import dev.laurel.cli.common.Commands;
import dev.laurel.cli.output.Errors;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Nearest;
import dev.laurel.registry.view.Revision;
import dev.laurel.schema.DefinitionCheck;
import dev.laurel.schema.Finding;
import dev.laurel.yaml.Node;
import dev.laurel.yaml.Yaml;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says everything that is wrong with a flow at once, before its first step begins. */
final class FlowCheck {
    private final String file;
    private final Node document;
    private final Flow flow;
    private final Commands commands;
    private final CommandWords words;
    private final Revision head;
    private final List<Finding> findings = new ArrayList<>();
    private final List<@Nullable Effects> effects = new ArrayList<>();
    private final List<List<String>> commandLines = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    /** Files that are known to be missing, each of which is said once. */
    private final Set<Needed> missing = new HashSet<>();

    private FlowCheck(byte[] yaml, String file, Commands commands, Map<String, String> environment, Revision head) {
        this.file = file;
        this.document = Yaml.parse(yaml, file);
        this.flow = Yaml.read(yaml, file, Flow.class);
        this.commands = commands;
        this.words = new CommandWords(environment);
        this.head = head;
    }

    /**
     * What is to be run, or what is wrong.
     *
     * @param lines the words of each step, in order; of no use where there are findings
     * @param shown each step for people, without values of the environment
     */
    record Checked(@Nullable Flow flow, List<List<String>> lines, List<String> shown, List<Finding> findings) {
        boolean isRight() {
            return findings.isEmpty();
        }
    }

    /**
     * @param file the name of the document, for messages
     * @param environment the values that steps may name
     */
    static Checked of(byte[] yaml, String file, Commands commands, Map<String, String> environment, Revision head) {
        List<Finding> form = DefinitionCheck.of(yaml, file, Flow.class);
        return form.isEmpty()
                ? new FlowCheck(yaml, file, commands, environment, head).checked()
                : new Checked(null, List.of(), List.of(), form);
    }

    private Checked checked() {
        if (flow.files() != null) {
            flow.files().forEach(this::file);
        }
        for (int i = 0; i < flow.steps().size(); i++) {
            step(i);
        }
        order();
        findings.sort(Comparator.comparingInt(Finding::line));
        return new Checked(flow, commandLines, shown, findings);
    }

    private void file(String name, String pattern) {
        try {
            words.file(name, pattern);
        } catch (InvalidValueException e) {
            add(place("files", name), "files." + name, e.problem());
            missing.add(new Needed.File(words.placeOf(name, pattern)));
        }
    }

    private void step(int number) {
        commandLines.add(List.of());
        shown.add(words.shown(flow.steps().get(number).run()));
        effects.add(null);
        try {
            List<String> line = words.of(flow.steps().get(number).run());
            commandLines.set(number, line);
            String command = line.isEmpty() ? "" : line.get(0);
            if (!Effects.COMMANDS.contains(command)) {
                add(
                        number,
                        "command: %s (expected: one of %s%s)"
                                .formatted(
                                        command,
                                        String.join(", ", Effects.COMMANDS),
                                        Nearest.near(command, Effects.COMMANDS)
                                                .map("; did you mean %s?"::formatted)
                                                .orElse("")));
                return;
            }
            parsed(number, command, line).ifPresent(parsed -> {
                Effects.ofStandard(command, parsed)
                        .forEach(
                                option -> add(
                                        number,
                                        option
                                                + ": - (expected: a file or a database; a flow has no standard input or output)"));
                effects.set(number, Effects.of(command, parsed));
            });
        } catch (InvalidValueException e) {
            add(number, String.valueOf(e.getMessage()));
        }
    }

    /** Empty where the command line is wrong, which then has been said. */
    private Optional<ParseResult> parsed(int number, String command, List<String> line) {
        CommandLine all = commands.line(line.toArray(String[]::new));
        CommandLine one = Objects.requireNonNull(all.getSubcommands().get(command), command);
        one.getCommandSpec().parser().collectErrors(true);
        ParseResult parsed = all.parseArgs(line.toArray(String[]::new)).subcommand();
        problems(parsed.errors()).forEach(problem -> add(number, problem));
        if (parsed.hasMatchedOption("--repo")) {
            add(number, "--repo: in a step (expected: after 'laurel run', for all steps)");
        }
        return parsed.errors().isEmpty() ? Optional.of(parsed) : Optional.empty();
    }

    /** A word that is not known takes the place of others, which then are not what they should be. */
    private static List<String> problems(List<Exception> errors) {
        boolean unknown = errors.stream().anyMatch(UnmatchedArgumentException.class::isInstance);
        return errors.stream()
                .filter(error -> !unknown || error instanceof UnmatchedArgumentException)
                .map(error ->
                        error instanceof ParameterException wrong ? Errors.usage(wrong) : "cannot be read as a command")
                .distinct()
                .toList();
    }

    /** What each step needs is there, or is made by one before it. */
    private void order() {
        for (int i = 0; i < effects.size(); i++) {
            Effects step = effects.get(i);
            if (step == null) {
                continue;
            }
            if (step.model() != null && !head.has(step.model())) {
                add(
                        i,
                        "model: %s (expected: one of %s)"
                                .formatted(
                                        step.model(),
                                        String.join(
                                                ", ",
                                                head.models().stream()
                                                        .map(Object::toString)
                                                        .toList())));
                continue;
            }
            for (Needed needed : step.needs()) {
                need(i, needed);
            }
            version(i, step);
        }
    }

    /** Which number a training run gives is not known before. */
    private void version(int number, Effects step) {
        if (step.model() == null
                || step.version() == null
                || head.newest(step.model()).isEmpty()) {
            return;
        }
        boolean trained = makers(new Needed.Versions(step.model())).anyMatch(maker -> maker < number);
        if (!trained && !head.versions(step.model()).contains(step.version())) {
            add(
                    number,
                    "version: %s of %s (expected: one of those that 'laurel versions %s' lists)"
                            .formatted(step.version(), step.model(), step.model()));
        }
    }

    private void need(int number, Needed needed) {
        if (makers(needed).anyMatch(maker -> maker < number) || missing.contains(needed)) {
            return;
        }
        Optional<String> later = makers(needed)
                .filter(maker -> maker > number)
                .mapToObj(maker -> flow.steps().get(maker).name())
                .findFirst();
        // Rows of an earlier run would be there, and would be those of yesterday.
        boolean there = isThere(needed) && !(needed instanceof Needed.Imported && later.isPresent());
        if (!there) {
            add(
                    number,
                    "needs %s, %s"
                            .formatted(
                                    needed.described(),
                                    later.map(
                                                    "which step '%s' after it makes (expected: that step before it)"
                                                            ::formatted)
                                            .orElse(
                                                    "which is not there (expected: it, or a step before that makes it)")));
        }
    }

    private IntStream makers(Needed needed) {
        return IntStream.range(0, effects.size()).filter(i -> {
            Effects step = effects.get(i);
            return step != null && step.makes().contains(needed);
        });
    }

    private boolean isThere(Needed needed) {
        if (needed instanceof Needed.File each) {
            return Files.isReadable(each.path());
        }
        if (needed instanceof Needed.Champion each) {
            return head.pin(each.environment(), each.model()).isPresent();
        }
        // Which rows a database has is known when it is asked.
        return !(needed instanceof Needed.Versions each)
                || head.newest(each.model()).isPresent();
    }

    private void add(int step, String problem) {
        add(
                place("steps", step, "run"),
                "step '%s'".formatted(flow.steps().get(step).name()),
                problem);
    }

    private void add(Node.Place place, String key, String problem) {
        findings.add(new Finding(file, place.line(), place.column(), key, problem));
    }

    /** Where the value at the end of a path stands; names and numbers lead to it. */
    private Node.Place place(Object... path) {
        Node node = document;
        for (Object each : path) {
            if (node instanceof Node.Entries entries) {
                for (Node.Entry entry : entries.entries()) {
                    if (entry.key().equals(each)) {
                        node = entry.value();
                        break;
                    }
                }
            } else if (node instanceof Node.Items items && each instanceof Integer number) {
                node = items.nodes().get(number);
            }
        }
        return node.place();
    }
}
