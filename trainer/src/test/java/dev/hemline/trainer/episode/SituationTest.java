package dev.hemline.trainer.episode;

import static dev.hemline.trainer.episode.Told.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftState;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.RequestReason;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SituationTest {
    private final Told told = new Told();

    @Test
    void shouldKnowWhatServes() {
        assertThat(told.at(NOON).serves(1)).isTrue();
        told.publish(2, Map.of());
        assertThat(told.at(NOON).serves(1)).isFalse();
        assertThat(told.at(NOON).serves(2)).isTrue();
        told.pin(1);
        assertThat(told.at(NOON).serves(1)).isTrue();
    }

    @Test
    void shouldGiveAlarmsAboutPicturesOfAVersionThatStandTheOldestFirst() {
        Drift later = told.alarm(1, "b", NOON.plusSeconds(1));
        Drift first = told.alarm(1, "a", NOON);
        told.alarm(2, "a", NOON);
        told.tell(1, "c", DriftKind.MIX, DriftState.ALARM, NOON);
        told.alarm(1, "d", NOON);
        told.allClear(1, "d", NOON.plusSeconds(2));
        told.tell(Told.drift(1, "e", DriftKind.PICTURES, DriftState.ALARM, NOON)
                .setModelName("another")
                .build());

        assertThat(told.at(NOON).alarms(1)).containsExactly(first, later);
    }

    @Test
    void shouldGiveWhatAVersionAnsweredSinceThen() {
        told.label(1, 3, 3, NOON, null);
        told.label(2, 1, 1, NOON, null);

        assertThat(told.at(NOON).answered(1, Instant.EPOCH)).hasSize(3);
        assertThat(told.at(NOON).answered(1, NOON.plusSeconds(1))).hasSize(2);
        assertThat(told.at(NOON).answered(2, NOON)).hasSize(1);
        assertThat(told.at(NOON).answered(3, Instant.EPOCH)).isEmpty();
    }

    @Test
    void shouldCountNoneThatWasChosenBecauseTheVersionWasUnsure() {
        told.label(1, 10, 7, NOON, null);
        told.label(1, 10, 8, NOON, RequestReason.RANDOM);
        told.label(1, 10, 9, NOON, RequestReason.DRIFTED);
        told.label(1, 10, 0, NOON, RequestReason.UNSURE);
        told.label(1, 10, 0, NOON, RequestReason.OTHER);

        assertThat(Situation.right(told.labelled)).isEqualTo(new Right(30, 24));
    }

    @Test
    void shouldKnowTheLastDecisionAgainstAVersion() {
        told.decided(2, ExperimentOutcome.REJECTED);
        told.decided(2, ExperimentOutcome.ROLLED_BACK);
        told.decided(2, ExperimentOutcome.PROMOTED);
        told.decided(3, ExperimentOutcome.CONFIRMED);

        assertThat(told.at(NOON).against(2).map(ExperimentDecision::getOutcome))
                .contains(ExperimentOutcome.ROLLED_BACK);
        assertThat(told.at(NOON).against(3)).isEmpty();
    }
}
