package dev.hemline.testbed.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import dev.hemline.testbed.TestEvents;
import dev.hemline.testbed.audit.ScoreCheck.Cell;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreCountTest {
    private final ScoreCount count = new ScoreCount();

    private void truth(String id, int label, int second) {
        count.truth(new GroundTruth(id, label, TestEvents.NOON.plusSeconds(second), "test"));
    }

    /** As if it were an ankle boot, label 9. */
    private void result(String id, int version) {
        count.result(TestEvents.classification(id, version)
                .setProbabilities(Collections.nCopies(10, 0.1f))
                .build());
    }

    private void score(String id, int actual, @Nullable Integer replaces) {
        count.score(new Score(id, "fashion-mnist", 1, 9, actual, 0.5f, 0L, replaces));
    }

    @Test
    void shouldLetTheLabelStandThatWasFoundOutLast() {
        truth("a", 3, 5);
        truth("a", 4, 7);
        truth("a", 5, 6);
        truth("b", 1, 5);
        truth("b", 2, 5);
        result("a", 1);
        result("b", 1);
        result("without a label", 1);

        assertThat(count.check().recounted()).isEqualTo(Map.of(new Cell(1, 4, 9), 1L, new Cell(1, 2, 9), 1L));
    }

    @Test
    void shouldCountAnAnswerOfEveryVersionOnce() {
        truth("a", 9, 5);
        result("a", 1);
        result("a", 1);
        result("a", 2);

        assertThat(count.check().recounted()).isEqualTo(Map.of(new Cell(1, 9, 9), 1L, new Cell(2, 9, 9), 1L));
        assertThat(count.check().recountedAccuracy(2)).hasValue(1);
    }

    @Test
    void shouldAddScoresUpAndMoveThoseThatReplaceOthers() {
        score("a", 3, null);
        score("b", 3, null);
        score("a", 9, 3);

        assertThat(count.check().scored()).isEqualTo(Map.of(new Cell(1, 3, 9), 1L, new Cell(1, 9, 9), 1L));
        assertThat(count.check().scoredAccuracy(1)).hasValue(0.5);
        assertThat(count.check().scoredAccuracy(2)).isEmpty();
    }

    @Test
    void shouldSeeAScoreThatIsMissingAndOneThatIsDoubled() {
        truth("a", 9, 5);
        truth("b", 9, 5);
        result("a", 1);
        result("b", 1);
        score("a", 9, null);
        assertThat(count.check().agrees()).isFalse();

        score("b", 9, null);
        assertThat(count.check().agrees()).isTrue();

        score("b", 9, null);
        assertThat(count.check().agrees()).isFalse();
    }
}
