package dev.laurel.cli.flow;

import dev.laurel.definition.DatabaseAddress;
import dev.laurel.model.Environment;
import dev.laurel.model.ModelName;
import dev.laurel.model.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/**
 * What a step needs and what it makes, read off its command line.
 *
 * @param model null where the command is about none, or about all
 * @param version null where the command names none
 */
record Effects(@Nullable ModelName model, @Nullable Version version, List<Needed> needs, List<Needed> makes) {
    /** Commands that end by themselves, and can be done again. */
    static final List<String> COMMANDS =
            List.of("import", "train", "predict", "drift", "explain-drift", "promote", "project", "verify", "gc");

    /** Options after which files or databases stand that are read, and such that are written. */
    private static final List<String> READ = List.of("--from", "--input");

    private static final List<String> WRITTEN = List.of("--to", "--rejected", "--drift-file", "--output-file");

    private static final String STANDARD = "-";

    static Effects of(String command, ParseResult parsed) {
        @Nullable ModelName model = positional(parsed, ModelName.class).orElse(null);
        @Nullable Version version = positional(parsed, Version.class).orElse(null);
        Environment environment = parsed.matchedOptionValue("--env", new Environment("production"));
        List<Needed> needs = new ArrayList<>();
        List<Needed> makes = new ArrayList<>();
        if (!command.equals("promote")) {
            files(parsed, READ).forEach(needs::add);
            files(parsed, WRITTEN).forEach(makes::add);
        }
        if (model != null) {
            switch (command) {
                case "train" ->
                    makes.addAll(List.of(new Needed.Versions(model), new Needed.Champion(model, environment)));
                case "promote" -> {
                    // Its --from is an environment.
                    Environment from = parsed.matchedOptionValue("--from", (Environment) null);
                    needs.add(from == null ? new Needed.Versions(model) : new Needed.Champion(model, from));
                    makes.add(new Needed.Champion(model, environment));
                }
                case "import" -> makes.add(new Needed.Imported(model, address(parsed, "--to")));
                case "predict", "drift", "explain-drift" -> {
                    needs.add(version == null ? new Needed.Champion(model, environment) : new Needed.Versions(model));
                    String from = text(parsed, READ).findFirst().orElse("");
                    if (DatabaseAddress.isOne(from)
                            && !parsed.hasMatchedOption("--query")
                            && !parsed.hasMatchedOption("--table")) {
                        needs.add(new Needed.Imported(model, from));
                    }
                }
                default -> {}
            }
        }
        return new Effects(model, version, needs, makes);
    }

    /** Options after which standard input or standard output stands, which a flow has not. */
    static List<String> ofStandard(String command, ParseResult parsed) {
        List<String> options = new ArrayList<>();
        Stream.concat(READ.stream(), WRITTEN.stream())
                .filter(option -> text(parsed, List.of(option)).anyMatch(STANDARD::equals))
                .filter(option -> parsed.matchedOption(option).longestName().equals(option))
                .forEach(options::add);
        if (command.equals("predict") && !parsed.hasMatchedOption("--to")) {
            options.add("--to");
        }
        return options;
    }

    private static Stream<Needed> files(ParseResult parsed, List<String> options) {
        return text(parsed, options)
                .filter(each -> !DatabaseAddress.isOne(each) && !each.equals(STANDARD))
                .distinct()
                .map(each -> new Needed.File(Path.of(each)));
    }

    private static Stream<String> text(ParseResult parsed, List<String> options) {
        return options.stream()
                .filter(parsed::hasMatchedOption)
                .map(option -> (ArgSpec) parsed.matchedOption(option))
                .flatMap(option -> option.originalStringValues().stream())
                .distinct();
    }

    private static String address(ParseResult parsed, String option) {
        return text(parsed, List.of(option)).findFirst().orElse("jdbc:");
    }

    private static <T> Optional<T> positional(ParseResult parsed, Class<T> type) {
        return parsed.matchedPositionals().stream()
                .<Object>map(ArgSpec::getValue)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
