package dev.laurel.run;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.forge.ForgeException;
import dev.laurel.forge.HostStub;
import dev.laurel.forge.HostStub.Request;
import dev.laurel.model.InvalidValueException;
import dev.laurel.model.Pin;
import dev.laurel.model.Version;
import dev.laurel.propose.PullRequests;
import dev.laurel.registry.ForgeAddress.Kind;
import dev.laurel.registry.PinProposal;
import dev.laurel.registry.Promotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A definition that promotes by pull request, on each kind of Git host and on none. Long since each kind of host speaks its own dialect,
 * which stands beside what is expected of it.
 */
class PullRequestsTest {
    @TempDir
    private Path folder;

    private @Nullable Home home;

    private Home home(double minimumGain) {
        Home laidDown = new Home(
                folder,
                DefinitionFixture.define()
                        .anchor("2019-12-31")
                        .pullRequest(minimumGain)
                        .build());
        home = laidDown;
        return laidDown;
    }

    @AfterEach
    void close() {
        if (home != null) {
            home.close();
        }
    }

    private static List<String> branches(Home home) {
        return home.registry.proposals(Home.PRODUCTION, DefinitionFixture.MODEL).stream()
                .map(PinProposal::branch)
                .toList();
    }

    private static String branch(int version) {
        return "promote/production/spy-direction/v" + version;
    }

    private static List<String> settle(Home home) {
        List<String> told = new ArrayList<>();
        home.pullRequests().settle(Home.PRODUCTION, DefinitionFixture.MODEL, Home.AUTOMATION, told::add);
        return told;
    }

    private static void expectNoFaults(Home home) {
        assertThat(home.registry.verify(null, null, (what, done, of) -> {}).faults())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsOneRequestFromItsOpeningToItsEnd(Kind kind) {
        try (HostStub host = new HostStub(kind)) {
            Home home = home(-1);
            home.host = Optional.of(host.forge());

            // A request is opened, and nothing moves.
            RunOutcome.Registered first = home.runAndRegister();
            assertThat(first.promotion()).isInstanceOf(Promotion.Proposed.class);
            assertThat(home.champion()).isEmpty();
            assertThat(host.requests).hasToString("[#1 " + branch(1) + " open]");
            assertThat(host.requests.get(0).title).isEqualTo("Promote spy-direction v1 in production");
            assertThat(host.requests.get(0).body)
                    .contains("The gate passed this version.", "## Gate: passed", "none → v1");
            assertThat(home.lines)
                    .last()
                    .asString()
                    .startsWith("  proposed v1 in production: " + host.server.baseUrl())
                    .endsWith("/1");

            // A newer version takes its place.
            home.runAndRegister();
            assertThat(host.requests).hasToString("[#1 %s closed, #2 %s open]".formatted(branch(1), branch(2)));
            assertThat(host.requests.get(0).comments)
                    .singleElement()
                    .asString()
                    .startsWith("v2 takes its place: " + host.server.baseUrl())
                    .endsWith("/2");
            assertThat(branches(home)).containsExactly(branch(2));

            // Nothing happened: nothing is done.
            host.forgetWritten();
            assertThat(settle(home)).isEmpty();
            assertThat(host.written()).isEmpty();

            // A person merges.
            home.merge(branch(2));
            host.requests.get(1).state = "merged";
            assertThat(home.champion()).contains(new Version(2));
            home.runAndRegister();
            assertThat(branches(home)).containsExactly(branch(3));
            assertThat(host.requests).last().hasToString("#3 %s open".formatted(branch(3)));
            assertThat(host.requests.get(1).comments).isEmpty();

            // A person says no, which stands.
            Request third = host.requests.get(2);
            third.state = "closed";
            assertThat(settle(home))
                    .singleElement()
                    .asString()
                    .startsWith("no longer proposed: v3 in production; closed: ");
            assertThat(branches(home)).isEmpty();
            assertThat(settle(home)).isEmpty();

            // Another champion comes in between: judged again, in the same request.
            home.runAndRegister();
            home.registry.promote(Home.PRODUCTION, DefinitionFixture.MODEL, new Version(3), "calmer", Home.ALICE);
            assertThat(settle(home)).singleElement().asString().startsWith("proposed v4 in production again: ");
            assertThat(host.requests).hasSize(4);
            assertThat(host.requests.get(3).body).contains("v3 → v4, passed");
            assertThat(home.registry.proposals(Home.PRODUCTION, DefinitionFixture.MODEL))
                    .singleElement()
                    .matches(PinProposal::current);

            // After a rollback automation asks for nothing.
            home.registry.rollBack(Home.PRODUCTION, DefinitionFixture.MODEL, null, "odd answers", Home.ALICE);
            assertThat(settle(home)).containsExactly("no longer proposed: v4 in production; the pin is held");
            assertThat(host.requests).last().hasToString("#4 %s closed".formatted(branch(4)));
            assertThat(host.requests.get(3).comments).containsExactly("No longer proposed: the pin is held");
            assertThat(branches(home)).isEmpty();
            expectNoFaults(home);
        }
    }

    @Test
    void doesNotOpenAgainWhatAPersonClosed() {
        try (HostStub host = new HostStub(Kind.GITHUB)) {
            Home home = home(-1);
            home.host = Optional.of(host.forge());
            host.add(branch(1)).state = "closed";

            RunOutcome.Registered run = home.runAndRegister();

            assertThat(run.promotion()).isInstanceOf(Promotion.Rejected.class);
            assertThat(home.lines).last().asString().startsWith("  not promoted: its pull request was closed: http");
            assertThat(host.requests).hasSize(1);
            assertThat(branches(home)).isEmpty();
        }
    }

    @Test
    void aPersonMayProposeWhatWasClosed() {
        try (HostStub host = new HostStub(Kind.GITHUB)) {
            Home home = home(-1);
            home.runAndRegister();
            home.host = Optional.of(host.forge());
            host.add(branch(1)).state = "closed";

            var outcome = home.pullRequests()
                    .propose(
                            Home.PRODUCTION,
                            DefinitionFixture.MODEL,
                            new Version(1),
                            "calmer in <b>May</b>\n# really",
                            Home.ALICE);

            assertThat(outcome.promotion())
                    .isInstanceOfSatisfying(
                            Promotion.Proposed.class,
                            proposed ->
                                    assertThat(proposed.proposal().pin().by()).isEqualTo(Pin.By.PERSON));
            assertThat(host.requests).last().hasToString("#2 %s open".formatted(branch(1)));
            assertThat(host.requests.get(1).body).contains("    calmer in <b>May</b>\n    # really\n");
            assertThat(settle(home)).isEmpty();
        }
    }

    @Test
    void opensTheRequestLaterWhenTheHostWasDown() {
        try (HostStub host = new HostStub(Kind.GITEA)) {
            Home home = home(-1);
            home.host = Optional.of(host.forge());
            host.server.resetAll();
            host.server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(503)));
            host.answersNothing = true;

            assertThatThrownBy(home::run).isInstanceOf(ForgeException.class).hasMessageContaining(" 503 ");
            assertThat(home.versions()).hasSize(1);
            assertThat(branches(home)).containsExactly(branch(1));

            host.answersNothing = false;
            host.server.stubFor(any(anyUrl()).willReturn(ok()));
            assertThat(settle(home)).singleElement().asString().startsWith("proposed v1 in production again: http");
            assertThat(host.requests).hasToString("[#1 %s open]".formatted(branch(1)));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void saysThatTheBranchStandsWhenTheRequestCannotBeOpened(Kind kind) {
        try (HostStub host = new HostStub(kind)) {
            Home home = home(-1);
            home.host = Optional.of(host.forge());
            host.refusesToOpen = true;

            assertThatThrownBy(home::run)
                    .isInstanceOf(ForgeException.class)
                    .hasMessageContaining(": POST ")
                    .hasMessageContaining("500 out of order (the host is in trouble: try again later)")
                    .hasMessageEndingWith(
                            "; the proposal stands on the branch %s (the next `laurel train spy-direction` goes on from there,"
                                    + " or open a request from that branch by hand)",
                            branch(1));
            assertThat(branches(home)).containsExactly(branch(1));
            // After an error of its own a host may have done it all the same.
            assertThat(host.written()).hasSize(1);

            assertThatThrownBy(() -> proposeByHand(home))
                    .hasMessageContaining("the proposal stands on the branch %s (the same command again", branch(1));

            host.refusesToOpen = false;
            assertThat(proposeByHand(home).request()).isNotNull();
            assertThat(host.requests).hasToString("[#1 %s open]".formatted(branch(1)));
        }
    }

    private static PullRequests.Outcome proposeByHand(Home home) {
        return home.pullRequests()
                .propose(Home.PRODUCTION, DefinitionFixture.MODEL, new Version(1), "calmer in May", Home.ALICE);
    }

    @Test
    void saysThatTheBranchStandsWhenThereIsNoToken() {
        Home home = home(-1);
        PullRequests withoutToken = new PullRequests(home.registry, () -> {
            throw new InvalidValueException("LAUREL_FORGE_TOKEN", "not set", "a token");
        });
        home.runAndRegister();

        assertThatThrownBy(() -> withoutToken.propose(
                        Home.PRODUCTION, DefinitionFixture.MODEL, new Version(1), "calmer in May", Home.ALICE))
                .isInstanceOf(ForgeException.class)
                .hasMessageContaining(
                        "LAUREL_FORGE_TOKEN: not set (expected: a token); the proposal stands on the branch "
                                + branch(1));
    }

    @Test
    void leavesOtherPeoplesRequestsAlone() {
        try (HostStub host = new HostStub(Kind.GITLAB)) {
            Home home = home(-1);
            home.host = Optional.of(host.forge());
            host.add("fix-the-readme");
            host.add("promote/staging/spy-direction/v1");
            host.add("promote/production/spy-direction-2/v1");

            home.runAndRegister();

            assertThat(host.requests)
                    .filteredOn(request -> request.state.equals("open"))
                    .hasSize(4);
        }
    }

    @Test
    void proposesOnABranchWhereThereIsNoHost() {
        Home home = home(-1);

        RunOutcome.Registered run = home.runAndRegister();

        assertThat(run.request()).isNull();
        assertThat(home.lines)
                .endsWith(
                        "  proposed v1 in production: branch " + branch(1),
                        "  review: laurel gate --base main --head %s; merge: git merge origin/%s"
                                .formatted(branch(1), branch(1)));
        home.runAndRegister();
        assertThat(branches(home)).containsExactly(branch(2));
        home.merge(branch(2));
        assertThat(home.champion()).contains(new Version(2));
        assertThat(settle(home)).containsExactly("no longer proposed: v2 in production; the champion already");
        assertThat(branches(home)).isEmpty();
        expectNoFaults(home);
    }

    @Test
    void doesNotProposeWhatTheGateRejects() {
        try (HostStub host = new HostStub(Kind.GITHUB)) {
            Home home = home(1);
            home.host = Optional.of(host.forge());
            home.runAndRegister();
            home.merge(branch(1));
            host.requests.get(0).state = "merged";

            RunOutcome.Registered second = home.runAndRegister();

            assertThat(second.promotion()).isInstanceOf(Promotion.Rejected.class);
            assertThat(host.requests).hasSize(1);
            assertThat(branches(home)).isEmpty();
            assertThat(home.lines)
                    .contains("  not promoted: production keeps its champion")
                    .last()
                    .asString()
                    .startsWith("  no longer proposed: v1 in production; merged: ");
        }
    }
}
