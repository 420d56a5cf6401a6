package dev.laurel.server;

import static dev.laurel.server.Showcase.ALICE;
import static dev.laurel.server.Showcase.PRODUCTION;
import static dev.laurel.server.Showcase.SPY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.follow.PinCheck;
import dev.laurel.model.Environment;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.registry.view.Author;
import dev.laurel.yaml.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code laurel.yaml} names signers, a pin is followed only when one of them moved it who may. */
class SignedPinsTest {
    private static final String TOMORROW = "/predictionForTomorrow";

    @TempDir
    Path folder;

    Showcase showcase;
    Path clone;
    Author promoter;

    @BeforeEach
    void serveV1AndNameSigners() throws Exception {
        requireSshKeygen();
        showcase = Showcase.in(folder);
        showcase.champion(1);
        showcase.register(2);
        Path key = folder.resolve("promoter.key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .inheritIO()
                .start()
                .waitFor();
        promoter = ALICE.signing(Map.of("LAUREL_SIGNING_KEY", key.toString()));
        clone = folder.resolve("clone");
        showcase.git(folder, "clone", "--quiet", "models.git", clone.toString());
        Files.writeString(clone.resolve("laurel.yaml"), """
                format_version: 1
                signers:
                  - name: Alice
                    key: %s
                    roles: [maintain]
                """.formatted(
                        Files.readString(folder.resolve("promoter.key.pub")).strip()));
        commit("Name the signers");
        showcase.serving();
        await().until(() -> version().equals("v1"));
    }

    @AfterEach
    void close() {
        if (showcase != null) {
            showcase.close();
        }
    }

    @Test
    void anUnsignedPromotionLeavesThePreviousChampionAnswering() throws Exception {
        Files.write(
                clone.resolve("environments/production/spy-direction/champion.yaml"), Yaml.write(showcase.pinOf(2)));
        commit("Pin by hand");
        assertV1AnswersInsteadOf("v2");

        showcase.registry.promote(PRODUCTION, SPY, new Version(1), "as it was", promoter);
        await().untilAsserted(
                        () -> assertThat(showcase.get("/readyz").statusCode()).isEqualTo(200));
        showcase.registry.promote(PRODUCTION, SPY, new Version(2), "signed this time", promoter);
        await().until(() -> version().equals("v2"));
    }

    @Test
    void anUnsignedRemovalLeavesTheChampionAnswering() {
        showcase.git(clone, "rm", "--quiet", "environments/production/spy-direction/champion.yaml");
        commit("Withdraw");
        assertV1AnswersInsteadOf("unreadable");

        showcase.registry.promote(PRODUCTION, SPY, new Version(2), "signed this time", promoter);
        await().until(() -> version().equals("v2"));
        showcase.registry.rollBack(PRODUCTION, SPY, null, "gone for good", promoter);
        await().until(() -> showcase.get(TOMORROW).statusCode() == 404);
    }

    @Test
    void theVerifierRefusesAPinThatNobodySignedOrThatNeverStood() throws Exception {
        Files.write(
                clone.resolve("environments/production/spy-direction/champion.yaml"), Yaml.write(showcase.pinOf(2)));
        commit("Pin by hand");

        assertThat(verify(showcase.pinOf(2)))
                .contains("commit %.10s: unsigned (expected: signed by one who may promote:production: Alice)"
                        .formatted(showcase.registry.head().commit()));
        assertThat(verify(showcase.pinOf(1)))
                .contains("never stood on main in production (expected: a pin that a signer put there)");
        assertThat(PinCheck.problem(showcase.registry, new Environment("staging"), showcase.pinOf(2)))
                .contains("never stood on main in staging (expected: a pin that a signer put there)");

        showcase.registry.promote(PRODUCTION, SPY, new Version(1), "as it was", promoter);
        showcase.registry.promote(PRODUCTION, SPY, new Version(2), "signed this time", promoter);
        Pin signed = showcase.registry.head().pin(PRODUCTION, SPY).orElseThrow();
        assertThat(verify(signed)).isEmpty();
    }

    private Optional<String> verify(Pin pin) {
        return PinCheck.problem(showcase.registry, PRODUCTION, pin);
    }

    private void assertV1AnswersInsteadOf(String pinned) {
        await().untilAsserted(
                        () -> assertThat(showcase.get("/readyz").statusCode()).isEqualTo(503));
        JsonNode missing = showcase.json("/readyz").at("/missing/0");
        assertThat(missing.get("pinned").asText()).isEqualTo(pinned);
        assertThat(missing.get("answering").asText()).isEqualTo("v1");
        assertThat(missing.get("reason").asText())
                .endsWith("commit %.10s: unsigned (expected: signed by one who may promote:production: Alice)"
                        .formatted(showcase.registry.head().commit()));
        assertThat(version()).isEqualTo("v1");
    }

    private void commit(String subject) {
        showcase.git(clone, "commit", "--quiet", "-am", subject);
        showcase.git(clone, "push", "--quiet");
    }

    private String version() {
        return showcase.json(TOMORROW).path("version").asText();
    }

    private static void requireSshKeygen() throws Exception {
        boolean present =
                new ProcessBuilder("sh", "-c", "command -v ssh-keygen").start().waitFor() == 0;
        if ("true".equals(System.getenv("CI"))) {
            assertThat(present).as("ssh-keygen is installed, as CI needs it").isTrue();
        }
        Assumptions.assumeTrue(present, "ssh-keygen is not installed: apt-get install openssh-client");
    }
}
