package dev.hemline.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.chaos.Recoveries.Seconds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveriesTest {
    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private Instant newestEverywhere = START;
    private final Recoveries recoveries = new Recoveries(then -> then.isBefore(newestEverywhere));

    @Test
    void shouldCountFromTheFaultToTheFirstLookThatFindsResultsForLaterEventsEverywhere() {
        recoveries.struck("kill", START, START.plusSeconds(1));

        newestEverywhere = START.plusSeconds(1);
        List<String> tooEarly = recoveries.look(START.plusSeconds(5));
        newestEverywhere = START.plusSeconds(2);
        List<String> over = recoveries.look(START.plusSeconds(8));

        assertThat(tooEarly).isEmpty();
        assertThat(over).singleElement().asString().contains("kill", "8.0 s");
        assertThat(recoveries.done()).isTrue();
        assertThat(recoveries.byKind()).containsEntry("kill", new Seconds(1, 8.0, 8.0));
    }

    @Test
    void shouldTellOfFaultsThatNothingRecoveredFrom() {
        recoveries.struck("freeze", START, START);

        List<String> over = recoveries.look(START.plusSeconds(60));

        assertThat(over).isEmpty();
        assertThat(recoveries.done()).isFalse();
        assertThat(recoveries.unfinished()).isEqualTo(1);
        assertThat(recoveries.byKind()).containsEntry("freeze", new Seconds(0, null, null));
    }
}
