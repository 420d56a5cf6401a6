package dev.laurel.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.Documents;
import dev.laurel.drift.Profile;
import dev.laurel.drift.Profiles;
import dev.laurel.evaluation.Metrics;
import dev.laurel.predictor.Signature;
import dev.laurel.task.Regression;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalWritingTest {
    record Text(String text) {}

    record Number(double number) {}

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "0.01, 0.01",
        "4e-4, 0.0004",
        "2e-3, 0.002",
        "1e7, 10000000.0",
        "123456789.125, 123456789.125",
        "0.30000000000000004, 0.30000000000000004",
        "1e15, 1000000000000000.0",
        "1e16, 1.0E+16",
        "1e23, 1.0E+23",
        "1e-10, 1.0E-10",
        "2.2250738585072014E-308, 2.2250738585072014E-308",
        "4.9E-324, 4.9E-324",
        "1.7976931348623157E308, 1.7976931348623157E+308",
        "NaN, .nan"
    })
    void writesANumberTheSameOnEveryJdk(double number, String text) {
        assertThat(written(new Number(number))).isEqualTo("number: " + text + "\n");
    }

    @Test
    void readsEveryNumberBackExactly() {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            double number = i % 2 == 0 ? Double.longBitsToDouble(random.nextLong()) : random.nextGaussian();
            if (!Double.isInfinite(number)) {
                assertThat(read(new Number(number))).isEqualTo(new Number(number));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " lead",
                "trail ",
                "1",
                "-1",
                "+1",
                "1.0",
                "1.",
                ".5",
                "1e10",
                "1e+10",
                "123e45",
                "0x10",
                "0o7",
                "010",
                "1_000",
                "1:30",
                "~",
                "null",
                "NULL",
                "yes",
                "no",
                "on",
                "y",
                "true",
                "=",
                "<<",
                "2020-01-01",
                "a: b",
                "a:",
                "#x",
                "a #b",
                "a\nb",
                "a\n",
                "\n",
                "\n a",
                "x\r\ny",
                "tab\tx",
                "é☃😀",
                "\u0085",
                "\u2028x",
                "\u202ebidi",
                "\ufeffx",
                "\0",
                "\u001b[31m",
                "-",
                "- a",
                "---",
                "...",
                "?",
                "? a",
                "!x",
                "&a",
                "*a",
                "%a",
                "@a",
                "`a",
                "[a]",
                "{a}",
                "a]",
                "'x'",
                "\"x\"",
                "a'b",
                "|",
                ">",
                ".nan",
                ".inf",
                "NaN",
                "\\",
                "a\\nb",
                "123456789012345678901234567890"
            })
    void readsEveryTextBackExactly(String text) {
        assertThat(read(new Text(text))).isEqualTo(new Text(text));
    }

    @Test
    void writesAnAbsentValueAsNoKeyAtAll() {
        assertThat(written(Documents.PIN_BY_PERSON)).doesNotContain("beats").doesNotContain("evidence");
    }

    @Test
    void showsADocumentAsATreeWithTheSameKeys() {
        assertThat(Yaml.toTree(Documents.PIN).at("/evidence/metric").asText()).isEqualTo("accuracy");
        assertThat(Yaml.toTree(Documents.REPORT)
                        .at("/experiments/2/validation/values/auc")
                        .doubleValue())
                .isNaN();
    }

    @Test
    void readsWhatIsKeptOfARegressionBackExactly() {
        Regression task = new Regression("EUR");
        List<String> features = List.of("in_1");
        double[][] vectors = {{1}, {2}};

        assertThat(read(new Signature(null, List.of(), 1, features, task)))
                .isEqualTo(new Signature(null, List.of(), 1, features, task));
        Profile profile = Profiles.of(features, vectors, task, new double[] {0.1, -3});
        assertThat(read(profile)).isEqualTo(profile);
        Metrics metrics = task.metrics(new double[] {0.1, -3}, vectors);
        assertThat(read(metrics)).isEqualTo(metrics);
    }

    private static String written(Object document) {
        return new String(Yaml.write(document), StandardCharsets.UTF_8);
    }

    private static Object read(Object document) {
        return Yaml.read(Yaml.write(document), "file.yaml", document.getClass());
    }
}
