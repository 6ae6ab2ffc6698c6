package dev.hemline.page;

import static dev.hemline.page.ExperimentRecords.NOON;
import static dev.hemline.page.ExperimentRecords.SERVING;
import static dev.hemline.page.ExperimentRecords.ended;
import static dev.hemline.page.ExperimentRecords.rejected;
import static dev.hemline.page.ExperimentRecords.segment;
import static dev.hemline.page.ExperimentRecords.standing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.SegmentKind;
import dev.hemline.event.UnprovedSegment;
import dev.hemline.page.ToldExperiments.Told;
import dev.hemline.topic.ModelKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldExperimentsTest {
    private final ToldExperiments told = new ToldExperiments();

    @Test
    void shouldShowTheChallengerOfTheVersionThatServesWithAllLooksAtItsEvidence() {
        told.add(standing(NOON));
        told.add(standing(NOON.plusSeconds(5)));
        told.add(ExperimentStanding.newBuilder(standing(NOON.plusSeconds(9)))
                .setChampion(11)
                .build());

        assertThat(told.shown(SERVING, NOON)).hasValueSatisfying(shown -> {
            assertThat(shown.standing()).isEqualTo(standing(NOON.plusSeconds(5)));
            assertThat(shown.looks())
                    .extracting(EvidenceHistory.Look::at)
                    .containsExactly(NOON.toEpochMilli(), NOON.plusSeconds(5).toEpochMilli());
            assertThat(shown.decision()).isNull();
        });
        assertThat(told.shown(new ModelKey.Manifest("m", 13), NOON)).isEmpty();
        assertThat(told.shown(new ModelKey.Manifest("another", 12), NOON)).isEmpty();
    }

    @Test
    void shouldShowWhatHasEndedForAnHourWhicheverVersionServes() {
        var serving = new ModelKey.Manifest("m", 13);
        told.add(ended(NOON));
        told.add(rejected(NOON));

        assertThat(told.shown(serving, NOON.plus(Duration.ofMinutes(59))))
                .map(Told::decision)
                .hasValueSatisfying(
                        decision -> assertThat(decision.getCandidate()).isEqualTo(13));
        assertThat(told.shown(serving, NOON.plus(Duration.ofMinutes(60)))).isEmpty();
    }

    @Test
    void shouldShowADecisionAsLongAsTheChallengerStands() {
        told.add(rejected(NOON));
        told.add(standing(NOON.plusSeconds(1)));

        assertThat(told.shown(SERVING, NOON.plus(Duration.ofDays(3))))
                .map(Told::decision)
                .isPresent();
    }

    @Test
    void shouldKnowThatTheCandidateOfAProbationIsTheOneThatServes() {
        told.add(ExperimentStanding.newBuilder(standing(NOON))
                .setPhase(ExperimentPhase.PROBATION)
                .build());
        told.add(ExperimentDecision.newBuilder(rejected(NOON))
                .setPhase(ExperimentPhase.PROBATION)
                .setCandidate(12)
                .setIncumbent(13)
                .build());

        assertThat(told.shown(SERVING, NOON)).map(Told::decision).isPresent();
    }

    @Test
    void shouldLetTheFirstDecisionStand() {
        told.add(standing(NOON));
        told.add(rejected(NOON));
        told.add(ExperimentDecision.newBuilder(rejected(NOON.plusSeconds(9)))
                .setLogEValue(0)
                .build());

        assertThat(told.shown(SERVING, NOON))
                .map(Told::decision)
                .hasValueSatisfying(
                        decision -> assertThat(decision.getDecidedAt()).isEqualTo(NOON));
    }

    @Test
    void shouldPassOverWhatNoRefereeWouldTell() {
        told.add(ExperimentStanding.newBuilder(standing(NOON))
                .setLogEValue(Double.NaN)
                .build());
        told.add(ExperimentStanding.newBuilder(standing(NOON))
                .setChampionAlone(-1)
                .build());
        told.add(ExperimentStanding.newBuilder(standing(NOON))
                .setPhase(ExperimentPhase.UNKNOWN)
                .build());
        told.add(ExperimentStanding.newBuilder(standing(NOON))
                .setUnproved(Collections.nCopies(101, new UnprovedSegment(segment(SegmentKind.CLASS, "1"), 0d)))
                .build());
        told.add(ExperimentStanding.newBuilder(standing(NOON))
                .setUnproved(List.of(new UnprovedSegment(segment(SegmentKind.SOURCE, "x".repeat(1_025)), 0d)))
                .build());
        told.add(standing(Instant.ofEpochMilli(Long.MAX_VALUE)));
        assertThat(told.shown(SERVING, NOON)).isEmpty();

        told.add(standing(NOON));
        told.add(ExperimentDecision.newBuilder(rejected(NOON))
                .setLogEValue(Double.POSITIVE_INFINITY)
                .build());
        told.add(ExperimentDecision.newBuilder(rejected(NOON)).setCandidate(0).build());

        assertThat(told.shown(SERVING, NOON))
                .hasValueSatisfying(shown -> assertThat(shown.decision()).isNull());
    }

    @Test
    void shouldForgetThePairToldOfLongestAgo() {
        for (int version = 101; version <= 121; version++) {
            told.add(ExperimentStanding.newBuilder(standing(NOON))
                    .setChampion(version)
                    .build());
        }

        assertThat(told.shown(new ModelKey.Manifest("m", 101), NOON)).isEmpty();
        assertThat(told.shown(new ModelKey.Manifest("m", 102), NOON)).isPresent();
    }
}
