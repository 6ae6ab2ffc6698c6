package dev.hemline.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.benchmarks.stream.Answers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelCheckTest {
    private static final LoadIds ONE = new LoadIds("one");
    private static final LoadIds OTHER = new LoadIds("other");

    private final LabelCheck check = new LabelCheck(2);

    private static Answers answers(LoadIds ids, int... labels) {
        Map<String, Integer> byId = new HashMap<>();
        for (int event = 0; event < labels.length; event++) {
            byId.put(ids.id(event), labels[event]);
        }
        return new Answers(byId);
    }

    @Test
    void shouldExpectOfAnImageTheLabelThatItGotFirst() {
        assertThat(check.differences("a", Map.of(ONE, 4), answers(ONE, 7, 8, 7, 8)))
                .isZero();
        assertThat(check.differences("b", Map.of(OTHER, 3), answers(OTHER, 7, 9, 6)))
                .isEqualTo(2);
    }

    @Test
    void shouldNotLetAnEventBeMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check.differences("a", Map.of(ONE, 3), answers(ONE, 7, 8)))
                .withMessage("a did not answer event one-00000002");
    }

    @Test
    void shouldNotTakeAnswersThatNobodyAskedFor() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check.differences("a", Map.of(ONE, 2), answers(ONE, 7, 8, 7)))
                .withMessage("a was sent 2 events and answered 3");
    }
}
