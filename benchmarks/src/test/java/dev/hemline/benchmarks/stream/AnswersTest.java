package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final Answers first = new Answers(Map.of("one", 1, "two", 2));

    @Test
    void shouldCountLabelsThatDiffer() {
        assertThat(new Answers(Map.of("one", 1, "two", 2)).differentFrom(first, "loop"))
                .isZero();
        assertThat(new Answers(Map.of("one", 1, "two", 7)).differentFrom(first, "loop"))
                .isEqualTo(1);
    }

    @Test
    void shouldNotLetAContenderLeaveEventsOut() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new Answers(Map.of("one", 1)).differentFrom(first, "loop"))
                .withMessageStartingWith("loop answered 1 events, the first contender 2");
    }
}
