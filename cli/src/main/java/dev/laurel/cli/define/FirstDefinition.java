package dev.laurel.cli.define;

import dev.laurel.model.Expect;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.ModelName;
import dev.laurel.model.Nearest;
import dev.laurel.schema.DefinitionCheck;
import dev.laurel.schema.DefinitionSchema;
import dev.laurel.schema.Finding;
import dev.laurel.source.CsvSurvey;
import dev.laurel.source.SurveyedColumn;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A first definition for a file that somebody has, with comments that say why it is as it is. It trains as it stands.
 *
 * @param kind what it predicts, for people
 * @param leftOut columns that are no inputs, each with the reason
 * @param possibleKey a column that could be the key, where none was named
 */
record FirstDefinition(
        String text,
        String kind,
        int features,
        Map<String, String> leftOut,
        @Nullable String possibleKey) {
    private static final int FEWEST_ROWS = 50;
    /** With more, learning once for each block takes its time, and one block has rows enough. */
    private static final int MOST_ROWS_FOR_BLOCKS = 2000;

    private static final double IMBALANCED = 0.8;

    /**
     * @param path of the file below the data folder
     * @param key the column of keys; null for rows without an order
     * @throws InvalidValueException when there is no such column, or nothing can be predicted
     */
    static FirstDefinition of(ModelName model, String path, CsvSurvey survey, String target, @Nullable String key) {
        Expect.that(survey.rows() >= FEWEST_ROWS, "rows", survey.rows(), "at least " + FEWEST_ROWS);
        SurveyedColumn keys = key == null ? null : column(survey, "--key", key);
        if (keys != null) {
            checkKey(keys, survey);
        }
        DraftTarget predicted = DraftTarget.of(column(survey, "--target", target), survey, keys != null);
        Expect.that(!predicted.column().equals(keys), "--target", target, "another column than the key");
        DraftFeatures features = new DraftFeatures(survey, predicted, keys);
        Expect.that(features.count() > 0, "columns", survey.columns().size(), "at least one that can be an input");
        String text = text(model, path, survey, predicted, keys, features);
        List<Finding> findings = DefinitionCheck.of(text.getBytes(StandardCharsets.UTF_8), path);
        if (!findings.isEmpty()) {
            throw new IllegalStateException("a definition that is not right: " + findings + "\n" + text);
        }
        return new FirstDefinition(
                text,
                predicted.described(),
                features.count(),
                features.leftOut(),
                key == null ? possibleKey(survey) : null);
    }

    private static @Nullable String possibleKey(CsvSurvey survey) {
        return survey.columns().stream()
                .filter(column -> column.dates() != null && isOnceInEachRow(column, survey))
                .map(SurveyedColumn::name)
                .findFirst()
                .orElse(null);
    }

    private static boolean isOnceInEachRow(SurveyedColumn column, CsvSurvey survey) {
        return column.missing() == 0 && column.different() == Math.min(survey.rows(), SurveyedColumn.MANY);
    }

    private static SurveyedColumn column(CsvSurvey survey, String option, String name) {
        List<String> names = survey.columns().stream().map(SurveyedColumn::name).toList();
        return survey.column(name)
                .orElseThrow(() -> new InvalidValueException(
                        option,
                        name,
                        "one of " + String.join(", ", names)
                                + Nearest.near(name, names)
                                        .map("; did you mean %s?"::formatted)
                                        .orElse("")));
    }

    private static void checkKey(SurveyedColumn key, CsvSurvey survey) {
        Expect.that(
                key.missing() == 0,
                "--key",
                key.name(),
                "a column without missing values; %s rows lack it".formatted(key.missing()));
        Expect.that(
                key.different() == Math.min(survey.rows(), SurveyedColumn.MANY),
                "--key",
                key.name(),
                "a column whose values come once each; this one has %s different ones in %s rows"
                        .formatted(key.different(), survey.rows()));
        Expect.that(
                !key.numbers(),
                "--key",
                key.name(),
                "a column of texts that rise in the order of time, such as dates; these are numbers");
        Expect.that(
                key.dates() != null,
                "--key",
                key.name(),
                "a column of dates, such as 2020-04-17 or 17.4.2020; for others write date_format into a definition by hand");
    }

    private static String text(
            ModelName model,
            String path,
            CsvSurvey survey,
            DraftTarget target,
            @Nullable SurveyedColumn key,
            DraftFeatures features) {
        DraftText text = new DraftText();
        text.line("# yaml-language-server: $schema=../" + DefinitionSchema.FILE);
        text.comment(
                "The definition of the model %s, a first one by `laurel new` from %s rows of %s. docs/definition.md of Laurel says what else it may hold;"
                                .formatted(model, survey.rows(), path)
                        + " `laurel check` says what is wrong with it.");
        text.line("model: " + model);
        text.text(
                "description",
                "Predicts %s by a row of %s.".formatted(target.column().name(), path));
        source(text, path, survey, key);
        target.write(text);
        features.write(text);
        int judging = split(text, survey.rows(), target, key != null);
        trainer(text);
        gate(text, target, judging);
        return text.toString();
    }

    private static void source(DraftText text, String path, CsvSurvey survey, @Nullable SurveyedColumn key) {
        text.gap()
                .comment(
                        "The path is below the folder of LAUREL_DATA or --data. A newer file in its place is picked up by the next training.")
                .line("source:")
                .line("  kind: csv")
                .text("  path", path);
        if (key != null) {
            text.text("  key", key.name());
        }
        if (key != null && key.dates() != null && !key.dates().isEmpty()) {
            text.text("  date_format", key.dates());
        }
        if (!survey.delimiter().equals(",")) {
            text.text("  delimiter", survey.delimiter());
        }
        if (!survey.decimal().equals(".")) {
            text.text("  decimal", survey.decimal());
        }
        if (survey.thousands() != null) {
            text.text("  thousands", survey.thousands());
        }
        if (!survey.encoding().equals("UTF-8")) {
            text.text("  encoding", survey.encoding());
        }
    }

    /** How many rows judge, about. */
    private static int split(DraftText text, int rows, DraftTarget target, boolean keyed) {
        text.gap();
        if (!keyed) {
            text.comment(
                            "Without a key rows have no order: a hash of what a row holds says on which side it stands, for ever.")
                    .line("split:")
                    .line("  kind: hashed")
                    .line("  training: 0.6")
                    .line("  validation: 0.2")
                    .line("  evaluation: 0.2");
            return rows / 5;
        }
        if (target.isSeries() && rows <= MOST_ROWS_FOR_BLOCKS) {
            int block = Math.max(5, rows / 10);
            text.comment(
                            "Rows are few: experiments are measured on three blocks, one after another, each time after learning from all rows before.")
                    .comment("The newest rows judge.")
                    .line("split:")
                    .line("  kind: walk-forward")
                    .line("  folds: 3")
                    .line("  validation: " + block)
                    .line("  evaluation: " + block);
            return block;
        }
        text.comment("In the order of the key: the oldest rows teach, the newest judge.")
                .line("split:")
                .line("  kind: chronological")
                .line("  training: 0.7")
                .line("  validation: 0.15")
                .line("  evaluation: 0.15");
        return rows * 15 / 100;
    }

    private static void trainer(DraftText text) {
        text.gap()
                .comment(
                        "A forest is a good first one: it needs no scaling, takes numbers and words alike, and finds by itself what belongs together.")
                .line("trainer:")
                .line("  kind: random-forest")
                .line("  trees: 100")
                .gap()
                .comment("Both are tried; the better on the validation rows is kept.")
                .line("experiments:")
                .line("  - depth: 6")
                .line("  - depth: 12")
                .line("seed: 42");
    }

    private static void gate(DraftText text, DraftTarget target, int judging) {
        String metric;
        String gain = "0.01";
        text.gap();
        if (!target.isLabel()) {
            metric = "rmse";
            gain = hundredth(target.deviation());
            text.comment(
                    "The root of the mean squared error, in the unit of the target. A challenger has to be better by a hundredth of how much the target varies.");
        } else if (target.largestShare() <= IMBALANCED) {
            metric = "accuracy";
            text.comment("The share of right answers, since no label is much more frequent than the others.");
        } else {
            metric = target.column().different() == 2 ? "pr-auc" : "balanced-accuracy";
            text.comment(
                    "Not accuracy: %s %% of the rows have one label, and who always answers that is right as often."
                            .formatted(Math.round(100 * target.largestShare())));
        }
        text.comment(
                        "A person promotes: `laurel promote`. With `mode: commit` a version that passes takes its place by itself.")
                .line("gate:")
                .line("  metric: " + metric)
                .line("  minimum_gain: " + gain)
                .line("  minimum_rows: " + Math.max(1, Math.min(100, judging / 2)))
                .line("  mode: manual");
    }

    private static String hundredth(double deviation) {
        return new BigDecimal(deviation / 100)
                .round(new MathContext(1, RoundingMode.HALF_UP))
                .toPlainString();
    }
}
