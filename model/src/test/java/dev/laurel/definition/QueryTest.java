package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    @Test
    void marksThePlacesOfItsVariables() {
        Query query =
                new Query(" select 1 where a = ${LAUREL_QUERY_A} and b = ${LAUREL_QUERY_B} or ${LAUREL_QUERY_A} ");

        assertThat(query.marked()).isEqualTo("select 1 where a = ? and b = ? or ?");
        assertThat(query.variables()).containsExactly("LAUREL_QUERY_A", "LAUREL_QUERY_B", "LAUREL_QUERY_A");
    }

    /** As the server counts: $1 in the place of the first variable. */
    @ParameterizedTest
    @CsvSource({"1, 1:1", "7, 1:7", "9, 2:1", "11, 2:18", "12, 2:19", "15, 3:2", "17, 3:19", "99, 3:20"})
    void saysLineAndColumn(int position, String place) {
        // The server sees "select \n$1 x\n $2z".
        Query query = new Query("select \n${LAUREL_QUERY_A} x\n ${LAUREL_QUERY_B}z");

        assertThat(query.lineAndColumn(position)).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PGPASSWORD", "", "LAUREL_QUERY_", "LAUREL_QUERY_a", "HOME"})
    void readsNoOtherVariables(String name) {
        assertThatThrownBy(() -> new Query("select ${" + name + "}"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("query: ${" + name
                        + "} (expected: the name of a variable of the environment that begins with LAUREL_QUERY_)");
    }
}
