package dev.laurel.trainer;

import dev.laurel.forge.ForgeException;
import dev.laurel.forge.Forges;
import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.model.Environment;
import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.program.LogFormat;
import dev.laurel.program.Program;
import dev.laurel.program.Reason;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.RegistryException;
import dev.laurel.registry.view.Author;
import dev.laurel.run.RunOutcome;
import dev.laurel.run.TrainingRun;
import dev.laurel.source.RowStore;
import dev.laurel.yaml.InvalidDocumentException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Trains once, as a scheduled job does: each of the models that its arguments name, or without arguments each that is due by the schedule
 * of its definition. Its settings are environment variables: {@code
 * LAUREL_REPO}, the models repository, a folder or on a Git host; {@code LAUREL_CACHE}, a folder for rows and mirrors; {@code LAUREL_DATA}, the folder of files that sources read; {@code LAUREL_ENV}, the
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
        Program.begin();
        // Named here and not logback.xml, which would meet that of another program on the same class path.
        System.setProperty("logback.configurationFile", "dev/laurel/trainer/logging.xml");
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    static int run(List<String> arguments, Map<String, String> settings, PrintStream output, PrintStream errors) {
        List<ModelName> models;
        Location repository;
        Access access;
        Path cache;
        @Nullable Path data;
        Environment environment;
        Author author;
        try {
            LogFormat.of(settings);
            models = arguments.stream().map(ModelName::new).toList();
            repository = Location.parse(setting(settings, "LAUREL_REPO", "a folder, https:// or ssh://"));
            access = Access.of(settings);
            cache = Path.of(setting(settings, "LAUREL_CACHE", "the path of a folder"));
            String folder = settings.getOrDefault("LAUREL_DATA", "");
            data = folder.isBlank() ? null : Path.of(folder);
            environment = new Environment(settings.getOrDefault("LAUREL_ENV", "production"));
            author = AUTHOR.signing(settings);
        } catch (InvalidValueException e) {
            errors.println(e.getMessage());
            return 2;
        }
        try (Registry registry = Registry.open(repository, access)) {
            RowStore rows = new RowStore(cache, false, Clock.systemUTC(), data);
            PullRequests pullRequests = new PullRequests(registry, () -> Forges.of(registry, repository, settings));
            TrainingRun run = new TrainingRun(registry, rows, pullRequests, environment, author, output::println);
            List<ModelName> wanted = models.isEmpty() ? Due.models(registry.head(), Instant.now()) : models;
            List<String> failures = new ArrayList<>();
            for (ModelName model : wanted) {
                @Nullable String failure = failure(run, model, output);
                if (failure != null) {
                    errors.println(failure);
                    failures.add(failure);
                }
            }
            if (!failures.isEmpty() && wanted.size() > 1) {
                errors.println("%s of %s models failed: %s"
                        .formatted(failures.size(), wanted.size(), String.join("; ", failures)));
            }
            return failures.isEmpty() ? 0 : 1;
        } catch (RegistryException e) {
            errors.println(e.getMessage());
            return 1;
        }
    }

    /** One line about a run that could not be made, whatever was the matter: the other models are trained all the same. */
    private static @Nullable String failure(TrainingRun run, ModelName model, PrintStream output) {
        try {
            RunOutcome outcome = run.run(model);
            if (outcome instanceof RunOutcome.Skipped skipped) {
                return model + ": not trained: " + skipped.reason();
            }
            if (outcome instanceof RunOutcome.NothingNew nothing) {
                output.println(model + ": nothing new: " + nothing.reason());
            } else if (outcome instanceof RunOutcome.EndOfHistory end) {
                output.println(model + ": end of the history at " + end.newestRow());
            }
            return null;
        } catch (ForgeException | InvalidValueException e) {
            return model + ": not proposed: " + Reason.of(e);
        } catch (RegistryException | InvalidDocumentException e) {
            return model + ": not trained: " + Reason.of(e);
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            LoggerFactory.getLogger(TrainerMain.class).error("{}: not trained", model, e);
            return model
                    + ": not trained: a mistake in Laurel, or too little memory; the log has it whole (please report it)";
        }
    }

    private static String setting(Map<String, String> settings, String name, String expected) {
        String value = settings.getOrDefault(name, "");
        Expect.that(!value.isBlank(), name, "not set", expected);
        return value;
    }
}
