package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.definition.Source;
import dev.laurel.model.InvalidValueException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Numbers are read out of the parser's characters by a short way, where that gives what the long one gives. */
class FieldTest {
    @Test
    void theShortWayGivesWhatTheLongOneGives() {
        Field.NumberField field = new Field.NumberField("x", format(".", null, null));
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            long digits = random.nextLong() >> random.nextInt(64);
            String text = BigDecimal.valueOf(digits, random.nextInt(24)).toPlainString();
            assertThat(read(field, text)).as(text).isEqualTo(Double.parseDouble(text));
        }
        assertThat(List.of("5.", ".5", "-0", "+7", "1e3", "true", "000000000000000000001"))
                .allSatisfy(text -> assertThat(read(field, text))
                        .as(text)
                        .isEqualTo(text.equals("true") ? 1 : Double.parseDouble(text)));
        assertThat(List.of("-", ".", "1.2.3", "--1", "1,5", "0x1p3", "1d", " 1"))
                .allSatisfy(text -> assertThatThrownBy(() -> read(field, text))
                        .as(text)
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessage("x: '" + text + "' (expected: a number)"));
    }

    @Test
    void heedsTheMarksOfTheSource() {
        Field.NumberField field = new Field.NumberField("x", format(",", ".", List.of("-99", "k.A.")));

        assertThat(read(field, "1.234,5")).isEqualTo(1234.5);
        assertThat(read(field, "0,25")).isEqualTo(0.25);
        assertThat(read(field, "-99")).isNaN();
        assertThat(read(field, "k.A.")).isNaN();
        assertThat(read(field, "")).isNaN();
    }

    private static double read(Field.NumberField field, String text) {
        char[] amid = ("9" + text + "9").toCharArray();
        field.read(amid, 1, text.length());
        return field.value();
    }

    private static Source.Csv format(String decimal, @Nullable String thousands, @Nullable List<String> missing) {
        return new Source.Csv("x.csv", null, ";", decimal, thousands, missing, null, "UTF-8", null, null);
    }
}
