package dev.laurel.trainer;

import dev.laurel.forge.ForgeException;
import dev.laurel.forge.Forges;
import dev.laurel.forge.PullRequests;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.registry.Author;
import dev.laurel.registry.Registry;
import dev.laurel.registry.RegistryException;
import dev.laurel.registry.git.Access;
import dev.laurel.registry.git.Location;
import dev.laurel.source.RowStore;
import dev.laurel.train.RunOutcome;
import dev.laurel.train.TrainingRun;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Trains once, as a scheduled job does: each of the models that its arguments name, or without arguments each that is due by the schedule
 * of its definition. Its settings are environment variables: {@code
 * LAUREL_REPO}, the models repository, a folder or on a Git host; {@code LAUREL_CACHE}, a folder for rows and mirrors; {@code LAUREL_ENV}, the
 * environment whose champion is challenged, {@code production} unless it says otherwise; {@code LAUREL_FORGE_TOKEN} or {@code
 * LAUREL_FORGE_TOKEN_FILE}, the token to open pull requests with, for definitions that promote so; {@code LAUREL_SIGNING_KEY}, the file of
 * the private key that signs the commits, where they have to be ({@code LAUREL_SIGNING_PASSPHRASE} or {@code
 * LAUREL_SIGNING_PASSPHRASE_FILE} opens it). Exit code 0: every model was trained or had
 * nothing new to train on; 1: one was not; 2: the settings are wrong.
 */
public final class TrainerMain {
    private static final Author AUTHOR = new Author("Laurel trainer", "trainer@laurel.invalid");

    private TrainerMain() {}

    public static void main(String[] arguments) {
        // Named here and not logback.xml, which would meet that of another program on the same class path.
        System.setProperty("logback.configurationFile", "dev/laurel/trainer/logging.xml");
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    static int run(List<String> arguments, Map<String, String> settings, PrintStream output, PrintStream errors) {
        List<ModelName> models;
        Location repository;
        Access access;
        Path cache;
        Environment environment;
        Author author;
        try {
            models = arguments.stream().map(ModelName::new).toList();
            repository = Location.parse(setting(settings, "LAUREL_REPO", "a folder, https:// or ssh://"));
            access = Access.of(settings);
            cache = Path.of(setting(settings, "LAUREL_CACHE", "the path of a folder"));
            environment = new Environment(settings.getOrDefault("LAUREL_ENV", "production"));
            author = AUTHOR.signing(settings);
        } catch (InvalidValueException e) {
            errors.println(e.getMessage());
            return 2;
        }
        try (Registry registry = Registry.open(repository, access)) {
            RowStore rows = new RowStore(cache, false, Clock.systemUTC());
            PullRequests pullRequests = new PullRequests(registry, () -> Forges.of(registry, repository, settings));
            TrainingRun run = new TrainingRun(registry, rows, pullRequests, environment, author, output::println);
            int exitCode = 0;
            for (ModelName model : models.isEmpty() ? Due.models(registry.head(), Instant.now()) : models) {
                exitCode = Math.max(exitCode, train(run, model, output, errors));
            }
            return exitCode;
        } catch (RegistryException e) {
            errors.println(e.getMessage());
            return 1;
        }
    }

    private static int train(TrainingRun run, ModelName model, PrintStream output, PrintStream errors) {
        try {
            RunOutcome outcome = run.run(model);
            if (outcome instanceof RunOutcome.Skipped skipped) {
                errors.println(model + ": not trained: " + skipped.reason());
                return 1;
            }
            if (outcome instanceof RunOutcome.NothingNew nothing) {
                output.println(model + ": nothing new: " + nothing.reason());
            } else if (outcome instanceof RunOutcome.EndOfHistory end) {
                output.println(model + ": end of the history at " + end.newestRow());
            }
            return 0;
        } catch (ForgeException | InvalidValueException e) {
            errors.println(model + ": not proposed: " + e.getMessage());
            return 1;
        } catch (RegistryException | InvalidDocumentException e) {
            errors.println(model + ": not trained: " + e.getMessage());
            return 1;
        }
    }

    private static String setting(Map<String, String> settings, String name, String expected) {
        String value = settings.getOrDefault(name, "");
        Expect.that(!value.isBlank(), name, "not set", expected);
        return value;
    }
}
