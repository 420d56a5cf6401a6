package dev.laurel.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.registry.ForgeAddress.Kind;
import dev.laurel.registry.Upgrade;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UpgradeRequestTest {
    private static final String BRANCH = "upgrade/0.2.0";

    private static Upgrade upgrade(String... written) {
        return new Upgrade(List.of(written), List.of("base/gone.yaml"), "0".repeat(40), BRANCH);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void keepsOneRequestForABranch(Kind kind) {
        try (HostStub host = new HostStub(kind)) {
            host.add("promote/production/spy-direction/v7");
            PullRequest opened = UpgradeRequest.publish(host.forge(), upgrade("base/hpa.yaml"), BRANCH, "0.2.0");

            assertThat(opened.branch()).isEqualTo(BRANCH);
            assertThat(opened.title()).isEqualTo("Upgrade what is Laurel's own to Laurel 0.2.0");
            assertThat(opened.body()).contains("    write   base/hpa.yaml\n    remove  base/gone.yaml");

            host.forgetWritten();
            assertThat(UpgradeRequest.publish(host.forge(), upgrade("base/hpa.yaml"), BRANCH, "0.2.0"))
                    .isEqualTo(opened);
            assertThat(host.written()).as("nothing has changed").isEmpty();

            PullRequest changed = UpgradeRequest.publish(host.forge(), upgrade("base/pdb.yaml"), BRANCH, "0.2.0");
            assertThat(changed.number()).isEqualTo(opened.number());
            assertThat(changed.body()).contains("base/pdb.yaml").doesNotContain("base/hpa.yaml");
            assertThat(host.requests).hasSize(2);
        }
    }
}
