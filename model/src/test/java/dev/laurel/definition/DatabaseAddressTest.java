package dev.laurel.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.model.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/x?user=a&password=secret",
                "jdbc:postgresql://db/x?PassWord=secret",
                "jdbc:postgresql://db/x?sslpassword=secret",
                "jdbc:postgresql://a:secret@db/x",
                "postgresql://a:secret@db/x"
            })
    void takesNoPasswordAndShowsNone(String text) {
        assertThatThrownBy(() -> new DatabaseAddress(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith(
                        "database address: one with a password (expected: an address without a password; it"
                                + " stands in LAUREL_DATABASE_PASSWORD")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:mysql://db/x                                    | jdbc:mysql://db/x (expected: jdbc:postgresql://host:port/database)
            jdbc:postgresql:                                     | jdbc:postgresql: (expected: jdbc:postgresql://host:port/database)
            jdbc:postgresql://db/x?socketFactory=org.example.Any | parameter socketFactory (expected: one of applicationname, connecttimeout, currentschema, logintimeout, sockettimeout, sslcert, sslkey, sslmode, sslrootcert, targetservertype, user)
            """)
    void refusesWhatTheDriverWouldTakeForMore(String text, String problem) {
        assertThatThrownBy(() -> new DatabaseAddress(text)).hasMessage("database address: " + problem);
    }

    @Test
    void hasAPlaceForPeople() {
        assertThat(new DatabaseAddress("jdbc:postgresql://db:5433/x?user=a&sslmode=verify-full").place())
                .isEqualTo("db:5433/x");
    }
}
