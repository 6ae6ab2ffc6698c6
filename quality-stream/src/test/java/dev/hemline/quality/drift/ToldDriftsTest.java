package dev.hemline.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.topic.ModelKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which alarms stand, as their topic tells. */
public class ToldDriftsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ModelKey.Manifest VERSION = new ModelKey.Manifest("m", 3);

    private final ToldDrifts told = new ToldDrifts();

    /** What a source of version 3 is said to have done at a time. */
    public static Drift drift(DriftState state, DriftKind kind, DriftReference reference, String source, Instant at) {
        return new Drift(
                "m", 3, source, state, kind, reference, "event-1", at, 10L, 200L, 12.0, 11.0, 1.3, List.of(), at);
    }

    private void told(DriftState state, DriftKind kind, DriftReference reference, Instant at) {
        told.add(drift(state, kind, reference, "warehouse-3", at));
    }

    @Test
    void shouldStandUntilTheAllClearOfTheSameReference() {
        told(DriftState.ALARM, DriftKind.PICTURES, DriftReference.VALIDATION, NOON);
        told(DriftState.ALARM, DriftKind.PICTURES, DriftReference.LIVE, NOON.plusSeconds(5));
        told(DriftState.ALL_CLEAR, DriftKind.PICTURES, DriftReference.VALIDATION, NOON.plusSeconds(60));

        assertThat(told.all()).extracting(Told::stands).containsExactly(true, false);
        assertThat(told.all().get(0).alarm().getReference()).isEqualTo(DriftReference.LIVE);
    }

    @Test
    void shouldSpoilWhatWasAnsweredBeforeTheAllClearTooButNothingByTheMixOrOfAnotherVersion() {
        told(DriftState.ALARM, DriftKind.PICTURES, DriftReference.LIVE, NOON);
        told(DriftState.ALARM, DriftKind.MIX, DriftReference.VALIDATION, NOON);

        assertThat(ToldDrifts.spoiling(told.all(), VERSION, NOON.plusSeconds(900)))
                .hasValueSatisfying(
                        one -> assertThat(one.alarm().getReference()).isEqualTo(DriftReference.LIVE));
        assertThat(ToldDrifts.spoiling(told.all(), new ModelKey.Manifest("m", 4), NOON))
                .isEmpty();

        told(DriftState.ALL_CLEAR, DriftKind.PICTURES, DriftReference.LIVE, NOON.plusSeconds(60));
        assertThat(ToldDrifts.spoiling(told.all(), VERSION, NOON.plusSeconds(59)))
                .isPresent();
        assertThat(ToldDrifts.spoiling(told.all(), VERSION, NOON.plusSeconds(61)))
                .isEmpty();
    }

    @Test
    void shouldPassOverWhatNoProgramOfOursCanHaveTold() {
        told(DriftState.UNKNOWN, DriftKind.PICTURES, DriftReference.LIVE, NOON);
        told(DriftState.ALARM, DriftKind.UNKNOWN, DriftReference.LIVE, NOON);
        told(DriftState.ALL_CLEAR, DriftKind.PICTURES, DriftReference.LIVE, NOON);
        told(DriftState.ALARM, DriftKind.PICTURES, DriftReference.LIVE, Instant.EPOCH.minusSeconds(1));
        told.add(drift(DriftState.ALARM, DriftKind.PICTURES, DriftReference.LIVE, "x".repeat(90), NOON));

        assertThat(told.all()).isEmpty();
    }

    @Test
    void shouldRememberABoundedNumber() {
        for (int i = 0; i < 1_100; i++) {
            told.add(drift(DriftState.ALARM, DriftKind.PICTURES, DriftReference.LIVE, "source-" + i, NOON));
        }

        assertThat(told.all()).hasSize(1_000);
        assertThat(told.all().get(999).alarm().getSource()).isEqualTo("source-1099");
    }
}
