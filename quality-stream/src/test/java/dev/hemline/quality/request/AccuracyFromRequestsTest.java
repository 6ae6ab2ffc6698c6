package dev.hemline.quality.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.LabelRequest;
import dev.hemline.event.RequestReason;
import dev.hemline.topic.EventShare;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AccuracyFromRequestsTest {
    private static final EventShare LOTS = new EventShare("label-requests", 1);
    private static final int RUNS = 100;

    @Test
    void shouldSayNothingBeforeTheFirstLabel() {
        assertThat(AccuracyFromRequests.of(RequestTally.NONE)).isEmpty();
    }

    @Test
    void shouldBeWilsonsIntervalWhereAllHadTheSameChance() {
        RequestTally tally = RequestTally.NONE;
        for (int i = 0; i < 263; i++) {
            tally = tally.plus(0.02, i < 81);
        }

        AccuracyFromRequests found = AccuracyFromRequests.of(tally).orElseThrow();

        assertThat(found.labels()).isEqualTo(263);
        assertThat(found.accuracy()).isCloseTo(81 / 263.0, within(1e-9));
        assertThat(found.low95()).isCloseTo(0.2553, within(5e-4));
        assertThat(found.high95()).isCloseTo(0.3662, within(5e-4));
    }

    @Test
    void shouldFollowALabelThatTurnsOutOtherwise() {
        RequestTally tally = RequestTally.NONE.plus(0.5, true).plus(0.5, true).corrected(0.5, true, false);

        assertThat(AccuracyFromRequests.of(tally).orElseThrow().accuracy()).isEqualTo(0.5);
        assertThat(tally.labels()).isEqualTo(2);
    }

    /**
     * Traffic that is busy and easy for half of the time, quiet and hard for the other half. Of 4,000 events 2 % are asked about, as
     * many in a quiet minute as in a busy one.
     */
    @Test
    void shouldCoverTheTruthWithTwoInAHundredAskedByLot() {
        int covered = 0;
        double errors = 0;
        for (int run = 0; run < RUNS; run++) {
            Run found = simulate(run);
            covered += found.low <= found.truth && found.truth <= found.high ? 1 : 0;
            errors += found.estimate - found.truth;
        }

        assertThat(covered).isGreaterThanOrEqualTo(90);
        assertThat(errors / RUNS).isCloseTo(0, within(0.01));
    }

    private record Run(double truth, double estimate, double low, double high) {}

    private static Run simulate(int run) {
        var chance = new SplittableRandom(run);
        Chooser chooser = new Chooser(160, 0);
        RequestTally tally = RequestTally.NONE;
        long right = 0;
        long all = 0;
        for (int second = 1; second <= 60; second++) {
            boolean busy = second <= 30;
            for (int i = 0; i < (busy ? 100 : 33); i++) {
                boolean correct = chance.nextDouble() < (busy ? 0.95 : 0.6);
                right += correct ? 1 : 0;
                all++;
                String id = run + "-" + second + "-" + i + (correct ? "-right" : "-wrong");
                float second2 = correct ? 0.05f : 0.4f;
                chooser.offer(Samples.candidate(id, second2, LOTS.position(id), second * 1_000L), false);
            }
            for (LabelRequest request : chooser.choose(second * 1_000L, episode -> 0)) {
                if (request.getReason() == RequestReason.RANDOM) {
                    tally = tally.plus(
                            request.getInclusionProbability(), request.getId().endsWith("-right"));
                }
            }
        }
        AccuracyFromRequests found = AccuracyFromRequests.of(tally).orElseThrow();
        return new Run((double) right / all, found.accuracy(), found.low95(), found.high95());
    }
}
