package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command explains itself, whatever options it has of its own. */
class HelpTest {
    static Stream<String> commands() {
        return Main.commandLine("--help").getSubcommands().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysHowItIsUsedWithAnExample(String command) {
        Laurel help = Laurel.run(command, "--help");

        assertThat(help.exit()).as(help.toString()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: laurel " + command + " ").contains("Example:", "laurel " + command);
        assertThat(Laurel.run(command, "--version").out()).startsWith("laurel ");
    }

    /** The list of all commands shows the first of its lines alone. */
    @ParameterizedTest
    @MethodSource("commands")
    void beginsWithAWholeSentence(String command) {
        String[] lines = Main.commandLine("--help")
                .getSubcommands()
                .get(command)
                .getCommandSpec()
                .usageMessage()
                .description();

        assertThat(lines[0]).endsWith(".");
    }
}
