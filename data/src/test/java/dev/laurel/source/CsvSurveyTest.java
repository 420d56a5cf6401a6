package dev.laurel.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvSurveyTest {
    @TempDir
    private Path folder;

    @Test
    void numbersWordsAndWhatIsMissing() throws IOException {
        CsvSurvey survey = survey("id,size,kind,sure\n1,1.5,a,true\n2,NA,b,false\n3,2.5,,true\n");
        assertThat(survey.rows()).isEqualTo(3);
        assertThat(column(survey, "id")).returns(true, SurveyedColumn::counted).returns(true, SurveyedColumn::whole);
        assertThat(column(survey, "size"))
                .returns(1, SurveyedColumn::missing)
                .returns(true, SurveyedColumn::numbers)
                .returns(false, SurveyedColumn::whole);
        assertThat(column(survey, "size").deviation()).isEqualTo(Math.sqrt(0.5));
        assertThat(column(survey, "kind"))
                .returns(false, SurveyedColumn::numbers)
                .returns(2, SurveyedColumn::different);
        assertThat(column(survey, "sure"))
                .returns(true, SurveyedColumn::numbers)
                .returns(false, SurveyedColumn::whole);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '/', textBlock = """
            a;b\\n7,4;1\\n7,5;2\\n                  / ; / , /
            a;b\\n7.4;1\\n7.5;2\\n                  / ; / . /
            a\\tb\\n1\\t2\\n                        / \t / . /
            a,b\\n"1,234.5",2\\n3,4\\n              / , / . / ,
            a;b\\n1.234,5;2\\n3,5;4\\n              / ; / , / .
            "a;b",c\\n1,2\\n                        / , / . /
            """)
    void marksAreFoundOut(String csv, String delimiter, String decimal, String thousands) throws IOException {
        CsvSurvey survey = survey(csv.replace("\\n", "\n").replace("\\t", "\t"));
        assertThat(survey.delimiter()).isEqualTo(delimiter == null ? "\t" : delimiter);
        assertThat(survey.decimal()).isEqualTo(decimal);
        assertThat(survey.thousands()).isEqualTo(thousands);
        assertThat(survey.columns()).allMatch(SurveyedColumn::numbers);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            2020-04-17          | 2020-04-18          | ''              | 0
            2020-04             | 2020-05             | ''              | 0
            2020-04-17 05:00:00 | 2020-04-17 06:00:00 | ''              | 2
            12/29/1978          | 1/1/1979            | M/d/yyyy        | 0
            29/12/1978          | 1/1/1979            | d/M/yyyy        | 0
            29.12.1978 5:30     | 1.1.1979 5:30       | d.M.yyyy H:mm   | 1
            2020-4-17 9:00      | 2020-4-17 10:00     | yyyy-M-d H:mm   | 2
            2020-04-17 9:00     | 2020-04-17 10:00    | yyyy-M-d H:mm   | 2
            Jan 2020            | Feb 2020            | -               | 0
            monday              | tuesday             | -               | 0
            """)
    void datesAreFoundOut(String first, String second, String dates, int times) throws IOException {
        assertThat(column(survey("at,x\n" + first + ",1\n" + second + ",2\n"), "at"))
                .returns(dates, SurveyedColumn::dates)
                .returns(times, SurveyedColumn::timesOfDay);
    }

    @Test
    void anotherEncodingIsFoundOut() throws IOException {
        Files.write(folder.resolve("a.csv"), "größe\n1\n".getBytes(Charset.forName("windows-1252")));
        assertThat(CsvSurvey.of(folder, "a.csv"))
                .returns("windows-1252", CsvSurvey::encoding)
                .satisfies(survey -> assertThat(survey.column("größe")).isPresent());
    }

    private CsvSurvey survey(String csv) throws IOException {
        Files.writeString(folder.resolve("a.csv"), csv);
        return CsvSurvey.of(folder, "a.csv");
    }

    private static SurveyedColumn column(CsvSurvey survey, String name) {
        return survey.column(name).orElseThrow();
    }
}
