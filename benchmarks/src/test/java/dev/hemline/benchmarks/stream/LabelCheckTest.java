package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelCheckTest {
    private final LabelCheck check = new LabelCheck(2);

    private static Schedule load(String name, int events) {
        return new Schedule(name, events, Duration.ZERO, Duration.ofSeconds(1));
    }

    private static Answers answers(Schedule ids, int... labels) {
        Map<String, Integer> byId = new HashMap<>();
        for (int event = 0; event < labels.length; event++) {
            byId.put(ids.id(event), labels[event]);
        }
        return new Answers(byId);
    }

    @Test
    void shouldExpectOfAnImageTheLabelThatItGotFirst() {
        assertThat(check.differences("a", List.of(load("one", 4)), answers(load("one", 9), 7, 8, 7, 8)))
                .isZero();
        assertThat(check.differences("b", List.of(load("other", 3)), answers(load("other", 9), 7, 9, 6)))
                .isEqualTo(2);
    }

    @Test
    void shouldNotLetAnEventBeMissing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check.differences("a", List.of(load("one", 3)), answers(load("one", 9), 7, 8)))
                .withMessage("a did not answer event one-00000002");
    }

    @Test
    void shouldNotTakeAnswersThatNobodyAskedFor() {
        assertThatIllegalStateException()
                .isThrownBy(() -> check.differences("a", List.of(load("one", 2)), answers(load("one", 9), 7, 8, 7)))
                .withMessage("a was sent 2 events and answered 3");
    }
}
