package dev.laurel.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.forge.PullRequest.State;
import dev.laurel.registry.ForgeAddress.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each host has to do for us, whatever it speaks. */
class ForgeContractTest {
    private static final String V7 = "promote/production/spy-direction/v7";
    private static final String V8 = "promote/production/spy-direction/v8";

    @ParameterizedTest
    @EnumSource(Kind.class)
    void opensUpdatesAndCloses(Kind kind) {
        try (HostStub host = new HostStub(kind)) {
            Forge forge = host.forge();

            PullRequest opened = forge.open(V7, "Promote v7", "passed");
            assertThat(opened.branch()).isEqualTo(V7);
            assertThat(opened.state()).isEqualTo(State.OPEN);
            assertThat(opened.url()).startsWith(host.server.baseUrl()).endsWith("/1");
            assertThat(forge.open()).containsExactly(opened);
            assertThat(forge.decided(V7)).isEmpty();

            PullRequest updated = forge.update(opened, "Promote v7", "passed again");
            assertThat(updated.body()).isEqualTo("passed again");
            assertThat(forge.open()).containsExactly(updated);

            forge.close(updated, "v8 takes its place");
            assertThat(host.requests).singleElement().satisfies(request -> {
                assertThat(request.state).isEqualTo("closed");
                assertThat(request.comments).containsExactly("v8 takes its place");
            });
            assertThat(forge.open()).isEmpty();
            assertThat(forge.decided(V7).map(PullRequest::state)).contains(State.CLOSED);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tellsMergedFromClosedAndOneBranchFromAnother(Kind kind) {
        try (HostStub host = new HostStub(kind)) {
            Forge forge = host.forge();
            host.add(V7).state = "merged";
            host.add(V8).state = "closed";

            assertThat(forge.decided(V7).map(PullRequest::state)).contains(State.MERGED);
            assertThat(forge.decided(V8).map(PullRequest::state)).contains(State.CLOSED);
            assertThat(forge.decided("promote/production/spy-direction/v9")).isEqualTo(Optional.empty());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void readsAllPages(Kind kind) {
        try (HostStub host = new HostStub(kind)) {
            for (int number = 1; number <= 5; number++) {
                host.add("promote/production/spy-direction/v" + number);
            }

            assertThat(host.forge().open()).extracting(PullRequest::number).isEqualTo(List.of(5L, 4L, 3L, 2L, 1L));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void doesNotSeeRequestsFromForks(Kind kind) {
        try (HostStub host = new HostStub(kind)) {
            host.add(V7).fork = true;
            assertThat(host.forge().open()).isEmpty();

            host.requests.get(0).state = "closed";
            assertThat(host.forge().decided(V7)).isEmpty();
        }
    }
}
