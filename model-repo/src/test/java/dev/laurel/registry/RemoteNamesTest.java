package dev.laurel.registry;

import static dev.laurel.registry.Showcase.PASS;
import static dev.laurel.registry.Showcase.PRODUCTION;
import static dev.laurel.registry.Showcase.SPY;
import static dev.laurel.registry.Showcase.TRAINER;
import static dev.laurel.registry.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names by which people call commits of a repository on a Git host. */
class RemoteNamesTest {
    @TempDir
    private static Path folder;

    private static HttpShowcase http;
    private static CommandLine git;

    /** Main at v3, with a branch and tags of each kind that begin at v2. */
    @BeforeAll
    static void open() {
        http = HttpShowcase.ofCGit(folder);
        http.showcase().withVersions(2).promote(1);
        git = CommandLine.in(folder.resolve("work")).at(http.showcase().bare());
        git.run("git", "tag", "plain", "main");
        git.run("git", "tag", "-a", "-m", "as delivered", "annotated", "main");
        http.showcase().registry().propose(PRODUCTION, SPY, v(2), PASS, TRAINER);
        http.showcase().withVersions(3);
    }

    @AfterAll
    static void close() {
        http.close();
    }

    private static Registry cold() {
        Map<String, String> environment = Map.of(
                "LAUREL_CACHE", folder.resolve(UUID.randomUUID().toString()).toString());
        return Registry.open(Location.parse(http.url()), Access.of(environment));
    }

    private static String commit(String name) {
        return git.run("git", "rev-parse", name + "^{commit}").strip();
    }

    /** What people call a commit. */
    enum Name {
        BRANCH("promote/production/spy-direction/v2"),
        BEFORE_A_BRANCH("promote/production/spy-direction/v2~2"),
        WHOLE_BRANCH("refs/heads/promote/production/spy-direction/v2"),
        TAG("plain"),
        ANNOTATED_TAG("annotated"),
        BEFORE_A_TAG("annotated^"),
        WHOLE_TAG("refs/tags/annotated"),
        MAIN("main"),
        BEFORE_MAIN("main~3"),
        HEAD("HEAD");

        private final String text;

        Name(String text) {
            this.text = text;
        }
    }

    @ParameterizedTest
    @EnumSource(Name.class)
    void meanWhatTheyMeanAtTheHost(Name name) {
        try (Registry remote = cold()) {
            Revision found = remote.at(name.text);

            assertThat(found.commit()).isEqualTo(commit(name.text));
            Revision there = http.showcase().registry().at(name.text);
            assertThat(found.pin(PRODUCTION, SPY)).isEqualTo(there.pin(PRODUCTION, SPY));
            assertThat(found.newest(SPY)).isEqualTo(there.newest(SPY));
            assertThat(found.hold(PRODUCTION, SPY)).isEqualTo(there.hold(PRODUCTION, SPY));
        }
    }

    @Test
    void theBeginOfAnIdIsEnoughOnABranchToo() {
        String proposed = commit(Name.BRANCH.text);
        try (Registry remote = cold()) {
            assertThat(remote.at(commit("main~2").substring(0, 9)).commit()).isEqualTo(commit("main~2"));
            assertThat(remote.at(proposed.substring(0, 9)).commit()).isEqualTo(proposed);
            assertThat(remote.at(proposed.substring(0, 9))
                            .pin(PRODUCTION, SPY)
                            .orElseThrow()
                            .version())
                    .isEqualTo(v(2));
        }
        try (Registry remote = cold()) {
            assertThat(remote.at(proposed).commit()).isEqualTo(proposed);
        }
    }

    @Test
    void aTagThatMovedIsWhereItIsNow() {
        try (Registry remote = cold()) {
            git.run("git", "tag", "moving", "main~1");
            remote.at("moving");
            git.run("git", "tag", "-f", "moving", "main");

            assertThat(remote.at("moving").commit()).isEqualTo(commit("main"));
        }
    }

    @Test
    void aBranchIsVerifiedAndJudgedFromAfar() {
        try (Registry remote = cold()) {
            Verification verified = remote.verify(Name.BRANCH.text, "plain", (what, done, total) -> {});

            assertThat(verified.commit()).isEqualTo(commit(Name.BRANCH.text));
            assertThat(verified.commits()).isEqualTo(1);
            assertThat(verified.faults()).isEmpty();
            assertThat(remote.proposed("main", Name.BRANCH.text).moves())
                    .singleElement()
                    .satisfies(move -> assertThat(move.problems()).isEmpty());
        }
    }

    @Test
    void whatTheHostDoesNotKnowIsSaidToBeUnknown() {
        try (Registry remote = cold()) {
            for (String unknown :
                    new String[] {"promote/production", "plai", "0123456789", "no such..name", "0".repeat(40)}) {
                assertThatThrownBy(() -> remote.at(unknown))
                        .as(unknown)
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining("commit: " + unknown + " (expected: one of the models repository");
            }
        }
    }
}
