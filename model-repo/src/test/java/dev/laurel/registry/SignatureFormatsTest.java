package dev.laurel.registry;

import static dev.laurel.registry.Showcase.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.git.BareRepository;
import dev.laurel.git.sign.CommitSignature;
import dev.laurel.git.sign.SignerKey;
import dev.laurel.model.InvalidValueException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What C git signs we verify, and what we sign C git verifies. */
class SignatureFormatsTest {
    @TempDir
    Path folder;

    Showcase showcase;
    CommandLine clone;

    @BeforeEach
    void create() {
        showcase = Showcase.in(folder);
        CommandLine git = CommandLine.in(folder.resolve("work"));
        git.run("git", "clone", "--quiet", showcase.bare().toUri().toString(), "clone");
        clone = git.at(git.folder().resolve("clone"));
    }

    @AfterEach
    void close() {
        showcase.close();
        clone.tryRun("gpgconf", "--kill", "all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ed25519", "-t ecdsa -b 256", "-t rsa -b 2048"})
    void sshSignaturesGoBothWays(String kind) throws Exception {
        TestKey key = TestKey.ssh(clone, "Grace", "", kind.split(" "));
        assertVerifiesWhatGitSigned(key);

        Path allowed = folder.resolve("allowed");
        Files.writeString(allowed, "* " + key.publicKey() + "\n");
        clone.run("git", "config", "gpg.ssh.allowedSignersFile", allowed.toString());
        assertThat(gitVerifiesWhatWeSign(key)).contains("Good \"git\" signature for ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa2048", "nistp256"})
    void openPgpSignaturesGoBothWays(String algorithm) throws Exception {
        TestKey key = TestKey.gpg(clone, "Grace", "", algorithm);
        assertVerifiesWhatGitSigned(key);
        assertThat(gitVerifiesWhatWeSign(key)).contains("Good signature from \"Grace@laurel.example\"");
    }

    @Test
    void aSigningSubkeyCountsAsItsKey() throws Exception {
        TestKey key = TestKey.gpg(clone, "Grace", "", "ed25519");
        String primary = SignerKey.parse(key.publicKey()).fingerprint();
        clone.run(
                "gpg",
                "--batch",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                "",
                "--quick-add-key",
                primary,
                "ed25519",
                "sign");
        TestKey withSubkey = new TestKey(
                "Grace", key.privateKey(), clone.run("gpg", "--armor", "--export", primary), key.configuration());

        assertVerifiesWhatGitSigned(withSubkey);
        assertThat(signature(clone.run("git", "rev-parse", "HEAD").strip(), key.publicKey()))
                .as("without the subkey in the list")
                .isInstanceOf(CommitSignature.Foreign.class);
    }

    @Test
    void whatAnOpenPgpKeySignedInItsTimeStaysSigned() throws Exception {
        TestKey.gpg(clone, "Other", "", "ed25519");
        Path gpg = folder.resolve("gpg-in-its-time");
        Files.writeString(gpg, "#!/bin/sh\nexec gpg --faked-system-time 20200101T120000 \"$@\"\n");
        clone.run("chmod", "+x", gpg.toString());
        clone.run(
                gpg.toString(),
                "--batch",
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                "",
                "--quick-generate-key",
                "grace",
                "ed25519",
                "sign",
                "2d");
        clone.run("git", "config", "gpg.program", gpg.toString());
        assertVerifiesWhatGitSigned(new TestKey(
                "grace",
                gpg,
                clone.run("gpg", "--armor", "--export", "grace"),
                Map.of("gpg.format", "openpgp", "user.signingkey", "grace")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKeyMayHaveAPassphrase(boolean ssh) throws Exception {
        TestKey key = ssh
                ? TestKey.ssh(clone, "Grace", "open sesame", "-t", "ed25519")
                : TestKey.gpg(clone, "Grace", "open sesame", "ed25519");
        Path passphrase = Files.writeString(folder.resolve("passphrase"), "open sesame\n");
        String file = key.privateKey().toString();
        for (Map<String, String> environment : List.of(
                Map.of("LAUREL_SIGNING_KEY", file, "LAUREL_SIGNING_PASSPHRASE", "open sesame"),
                Map.of("LAUREL_SIGNING_KEY", file, "LAUREL_SIGNING_PASSPHRASE_FILE", passphrase.toString()))) {
            Author grace = ALICE.signing(environment);
            Registration registered =
                    showcase.registry().register(new Showcase.TextDraft("model " + environment), grace);
            clone.run("git", "fetch", "--quiet");
            assertThat(signature(((Registration.Registered) registered).commit(), key.publicKey()))
                    .isInstanceOf(CommitSignature.By.class);
        }
        assertThatThrownBy(() -> ALICE.signing(Map.of("LAUREL_SIGNING_KEY", file)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("LAUREL_SIGNING_PASSPHRASE: not set (expected: the passphrase of the key that"
                        + " LAUREL_SIGNING_KEY names)");
        assertThatThrownBy(() ->
                        ALICE.signing(Map.of("LAUREL_SIGNING_KEY", file, "LAUREL_SIGNING_PASSPHRASE", "close sesame")))
                .hasMessageStartingWith("LAUREL_SIGNING_PASSPHRASE: not shown (expected: ")
                .hasMessageNotContaining("close");
    }

    @Test
    void whatIsNoPrivateKeyIsNamed() throws Exception {
        TestKey key = TestKey.ssh(clone, "Grace");
        for (String file : List.of(key.privateKey() + ".pub", "/dev/null", "/nowhere")) {
            assertThatThrownBy(() -> ALICE.signing(Map.of("LAUREL_SIGNING_KEY", file)))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith(
                            "LAUREL_SIGNING_KEY: " + file + " (expected: the file of a private key, as ");
        }
        assertThat(ALICE.signing(Map.of())).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anyOtherByteMakesTheSignatureThatOfSomethingElse(boolean ssh) throws Exception {
        TestKey key = ssh ? TestKey.ssh(clone, "Grace") : TestKey.gpg(clone, "Grace", "", "ed25519");
        assertVerifiesWhatGitSigned(key);
        String commit = clone.run("git", "cat-file", "commit", "HEAD");
        String tree = clone.run("git", "rev-parse", "HEAD^{tree}").strip();
        String otherTree = clone.run("git", "rev-parse", "HEAD:models").strip();
        List<String> changes = new ArrayList<>(List.of(commit.replace(tree, otherTree), commit + "\n"));
        Random random = new Random(42);
        for (int i = 0; i < 25; i++) {
            int at = random.nextBoolean()
                    ? commit.indexOf("author ") + random.nextInt(commit.indexOf("gpgsig ") - commit.indexOf("author "))
                    : commit.indexOf("Signed by git") + random.nextInt("Signed by git, in two".length());
            changes.add(commit.substring(0, at) + (commit.charAt(at) == '7' ? '8' : '7') + commit.substring(at + 1));
        }
        for (String change : changes) {
            Path file = Files.writeString(folder.resolve("commit"), change);
            String id = clone.run("git", "hash-object", "--literally", "-t", "commit", "-w", file.toString());
            assertThat(signature(id.strip(), key.publicKey()))
                    .as(change)
                    .isEqualTo(new CommitSignature.Invalid(
                            ssh
                                    ? "the signature of something else"
                                    : "the signature of something else, or by a key that was expired, revoked or not for signing"
                                            + " then"));
        }
    }

    @Test
    void keysAreReadInTheFormsThatGitUses() {
        TestKey key = TestKey.ssh(clone, "Grace");
        String line = key.publicKey();
        String bare = line.substring(0, line.lastIndexOf(' '));
        String fingerprint = SignerKey.parse(line).fingerprint();
        assertThat(clone.run("ssh-keygen", "-l", "-f", key.privateKey().toString()))
                .contains(fingerprint);
        for (String form : List.of(
                bare,
                line + " and more\n",
                "grace@laurel.example " + line,
                "grace@laurel.example,*@laurel.test namespaces=\"git\" " + bare,
                "* namespaces=\"file,git\" " + bare)) {
            assertThat(SignerKey.parse(form).fingerprint()).as(form).isEqualTo(fingerprint);
        }
        for (String options : List.of(
                "* valid-before=\"20300101\"",
                "* valid-after=\"20200101\"",
                "* cert-authority",
                "* namespaces=\"file\"",
                "command=\"sh\"",
                "* namespaces=\"git\" valid-before=\"20300101\"")) {
            assertThatThrownBy(() -> SignerKey.parse(options + " " + bare))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessage(
                            "key: " + options
                                    + " (expected: no options but namespaces=\"git\"; who is taken out of the list signs no more)");
        }
        for (String other :
                List.of("ssh-ed25519", "ssh-ed25519 AAAA", "grace", "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxxx\n")) {
            assertThatThrownBy(() -> SignerKey.parse(other))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("key: ");
        }
    }

    private CommitSignature signature(String commit, String key) throws IOException {
        try (BareRepository repository = BareRepository.open(clone.folder()).orElseThrow()) {
            return repository.at(commit).signature(List.of(SignerKey.parse(key)));
        }
    }

    private void assertVerifiesWhatGitSigned(TestKey key) throws Exception {
        key.signsIn(clone);
        clone.run("git", "commit", "--quiet", "--allow-empty", "-m", "Signed by git\n\nin two paragraphs");
        String commit = clone.run("git", "rev-parse", "HEAD").strip();
        assertThat(signature(commit, key.publicKey()))
                .isInstanceOfSatisfying(
                        CommitSignature.By.class,
                        by -> assertThat(by.key().fingerprint())
                                .isEqualTo(SignerKey.parse(key.publicKey()).fingerprint()));
        String other = clone.run("git", "rev-parse", "HEAD~1").strip();
        assertThat(signature(other, key.publicKey())).isInstanceOf(CommitSignature.Missing.class);
    }

    private String gitVerifiesWhatWeSign(TestKey key) {
        showcase.registry().register(new Showcase.TextDraft("model 1"), key.author());
        clone.run("git", "fetch", "--quiet");
        return clone.run("git", "verify-commit", "origin/main");
    }
}
