package dev.laurel.judge;

import dev.laurel.definition.LiveGate;
import dev.laurel.definition.LiveLimits;
import dev.laurel.definition.LiveVerdict;
import dev.laurel.judge.LiveServers.Measured;
import dev.laurel.model.ChallengerPin;
import dev.laurel.model.Environment;
import dev.laurel.model.LiveEvidence;
import dev.laurel.model.ModelName;
import dev.laurel.model.Pin;
import dev.laurel.registry.Registry;
import dev.laurel.registry.outcome.ChallengeOutcome;
import dev.laurel.registry.outcome.LiveJudge.LiveJudgement;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.view.Author;
import dev.laurel.registry.view.Revision;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets live traffic decide: a champion that does not keep its limits is rolled back; else a challenger is promoted, withdrawn or left alone.
 * Whatever is decided is a commit with its reason.
 */
public final class LiveJudging {
    private final Registry registry;
    private final Environment environment;
    private final LiveServers servers;
    private final Author author;

    public LiveJudging(Registry registry, Environment environment, LiveServers servers, Author author) {
        this.registry = registry;
        this.environment = environment;
        this.servers = servers;
        this.author = author;
    }

    /**
     * What came of it.
     *
     * @param broken what the champion does not keep; empty where all is well
     * @param rollback what came of that; null where all is well
     * @param outcome what became of the challenger; null where the champion came first
     */
    public record Judged(
            List<String> broken,
            @Nullable Promotion rollback,
            @Nullable ChallengeOutcome outcome) {
        public Judged {
            broken = List.copyOf(broken);
        }
    }

    /** Whether there is anything to judge: rules for live traffic, and a champion or a challenger that they are about. */
    public static boolean concerns(Revision head, Environment environment, ModelName model) {
        LiveGate rules = head.definition(model).gate().live();
        return rules != null
                && head.pin(environment, model).isPresent()
                && (rules.champion() != null
                        || head.challenger(environment, model).isPresent());
    }

    /** @throws dev.laurel.registry.RegistryException when a server or the repository cannot be asked */
    public Judged judge(ModelName model) {
        Measured measured = servers.ask(model);
        Revision head = registry.head();
        Optional<Pin> champion = head.pin(environment, model);
        LiveGate rules = head.definition(model).gate().live();
        if (champion.isPresent() && rules != null && rules.champion() != null) {
            List<String> broken = measured.other("champion", champion.get().version())
                            .isPresent()
                    ? List.of()
                    : rules.champion()
                            .broken(measured.champion(champion.get().version()), truth(measured, rules.champion()));
            if (!broken.isEmpty()) {
                Promotion rollback = registry.rollBackFailing(
                        environment,
                        model,
                        champion.get(),
                        "%s fails on live traffic: %s".formatted(champion.get().version(), String.join("; ", broken)),
                        author);
                return new Judged(broken, rollback, null);
            }
        }
        ChallengeOutcome outcome = registry.judgeLive(
                environment,
                model,
                (standing, challenger, live) -> judgement(measured, standing, challenger, live),
                author);
        return new Judged(List.of(), null, outcome);
    }

    private static LiveEvidence.@Nullable Truth truth(Measured measured, LiveLimits limits) {
        return limits.feedback() == null
                ? null
                : measured.truth(limits.feedback().metric()).orElse(null);
    }

    private static LiveJudgement judgement(Measured measured, Pin champion, ChallengerPin challenger, LiveGate rules) {
        LiveEvidence evidence = measured.evidence(
                champion.version(),
                challenger.version(),
                rules.feedback() == null ? null : rules.feedback().metric());
        Optional<String> other = measured.other("champion", champion.version())
                .or(() -> measured.other("challenger", challenger.version()));
        LiveVerdict verdict = other.isPresent() ? new LiveVerdict.NotYet(other.get()) : rules.judge(evidence);
        return new LiveJudgement(verdict, evidence);
    }
}
