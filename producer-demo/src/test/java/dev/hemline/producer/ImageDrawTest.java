package dev.hemline.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageDrawTest {

    @Test
    void shouldDrawEveryImageOnceBeforeAnyComesAgain() {
        ImageDraw draw = new ImageDraw(50, 1);

        List<Integer> first = drawn(draw, 50);
        List<Integer> second = drawn(draw, 50);

        assertThat(first).doesNotHaveDuplicates().hasSize(50);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void shouldDrawTheSameOrderWithTheSameSeedOnly() {
        List<Integer> order = drawn(new ImageDraw(50, 1), 100);

        assertThat(drawn(new ImageDraw(50, 1), 100)).isEqualTo(order);
        assertThat(drawn(new ImageDraw(50, 2), 100)).isNotEqualTo(order);
    }

    private static List<Integer> drawn(ImageDraw draw, int count) {
        return Stream.generate(draw::next).limit(count).toList();
    }
}
