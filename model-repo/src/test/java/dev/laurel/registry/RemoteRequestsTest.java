package dev.laurel.registry;

import static dev.laurel.registry.showcase.Showcase.ALICE;
import static dev.laurel.registry.showcase.Showcase.PASS;
import static dev.laurel.registry.showcase.Showcase.PRODUCTION;
import static dev.laurel.registry.showcase.Showcase.SPY;
import static dev.laurel.registry.showcase.Showcase.STAGING;
import static dev.laurel.registry.showcase.Showcase.TRAINER;
import static dev.laurel.registry.showcase.Showcase.v;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.git.host.Access;
import dev.laurel.git.host.Location;
import dev.laurel.model.Version;
import dev.laurel.registry.outcome.PinProposal;
import dev.laurel.registry.outcome.Promotion;
import dev.laurel.registry.showcase.HttpShowcase;
import dev.laurel.registry.showcase.Showcase;
import dev.laurel.registry.view.Event;
import dev.laurel.registry.view.Revision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests it takes to read from a Git host, or to promote there, with a cache that is cold: as many for many versions as for a few. */
class RemoteRequestsTest {
    /** A fetch takes two of them, or three of newer servers; a longer history may take another fetch or two. */
    private static final long MORE_HISTORY = 4;

    @TempDir
    private static Path folder;

    private static HttpShowcase few;
    private static HttpShowcase many;

    @BeforeAll
    static void open() {
        few = withVersions(6);
        many = withVersions(24);
    }

    /** Every third one is promoted, and one of them taken back and released; one is proposed. */
    private static HttpShowcase withVersions(int last) {
        Showcase showcase = Showcase.in(folder.resolve(String.valueOf(last)), "off");
        for (int version = 1; version <= last; version++) {
            showcase.withVersions(version);
            if (version % 3 == 1) {
                showcase.promote(version);
                showcase.promote(STAGING, version);
            }
        }
        showcase.rollBack();
        showcase.registry().release(PRODUCTION, SPY, ALICE);
        for (int version = last - 1; version <= last; version++) {
            showcase.registry().propose(PRODUCTION, SPY, v(version), PASS, TRAINER);
        }
        return HttpShowcase.serve(showcase);
    }

    @AfterAll
    static void close() {
        few.close();
        many.close();
    }

    private static long requests(HttpShowcase http, Consumer<Registry> reader) {
        long before = http.git().requests("");
        Path cache = folder.resolve(UUID.randomUUID().toString());
        try (Registry registry =
                Registry.open(Location.parse(http.url()), Access.of(Map.of("LAUREL_CACHE", cache.toString())))) {
            reader.accept(registry);
        }
        return http.git().requests("") - before;
    }

    private static void takesABoundedNumber(long most, Consumer<Registry> reader) {
        long ofFew = requests(few, reader);
        assertThat(ofFew).isPositive().isLessThanOrEqualTo(most);
        assertThat(requests(many, reader)).isLessThanOrEqualTo(ofFew + MORE_HISTORY);
    }

    @Test
    void toListVersions() {
        takesABoundedNumber(12, registry -> {
            Revision head = registry.head();
            List<Version> newest = head.newest(SPY, 50);
            head.expectReports(SPY, newest);
            newest.forEach(version -> {
                head.report(SPY, version);
                head.provenance(SPY, version);
            });
        });
    }

    @Test
    void toSayWhatIsPinnedHeldAndProposed() {
        takesABoundedNumber(18, registry -> {
            Revision head = registry.head();
            head.environments().forEach(environment -> {
                head.pin(environment, SPY);
                head.hold(environment, SPY);
            });
            assertThat(registry.proposals()).allMatch(PinProposal::current).hasSize(2);
        });
    }

    @Test
    void toListWhatHappened() {
        takesABoundedNumber(14, registry -> {
            List<Event> events = registry.head().events(SPY, null, 100);
            List<Event.Registered> registered = events.stream()
                    .filter(Event.Registered.class::isInstance)
                    .map(Event.Registered.class::cast)
                    .toList();
            assertThat(registered).hasSizeGreaterThan(5);
            registry.expectReports(SPY, registered);
            registered.forEach(event -> registry.at(event.origin().commit()).report(SPY, event.version()));
        });
    }

    @Test
    void toVerify() {
        takesABoundedNumber(
                10,
                registry -> assertThat(registry.verify(null, null, (what, done, total) -> {})
                                .faults())
                        .isEmpty());
    }

    @Test
    void toPromote() {
        takesABoundedNumber(
                22,
                registry -> assertThat(registry.promote(STAGING, SPY, v(6), "by hand", ALICE))
                        .isInstanceOf(Promotion.Moved.class));
    }
}
