package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
    @Test
    void shouldGoThroughEveryImageOnceInAnyOrder() {
        EpochOrder order = EpochOrder.shuffled(100);

        int[] places = order.draw(new SplittableRandom(1));

        assertThat(order.length()).isEqualTo(100);
        assertThat(places).isNotEqualTo(range(0, 100));
        assertThat(IntStream.of(places).sorted()).containsExactly(boxed(range(0, 100)));
    }

    @Test
    void shouldDrawTheSameFromTheSameSeedAndOtherwiseAnew() {
        EpochOrder order = new EpochOrder.Halves(64, 10, 500);
        var random = new SplittableRandom(1);
        int[] first = order.draw(random);

        assertThat(order.draw(new SplittableRandom(1))).isEqualTo(first);
        assertThat(order.draw(random)).isNotEqualTo(first);
    }

    @Test
    void shouldTakeHalfOfEveryBatchFromEachKind() {
        int[] places = new EpochOrder.Halves(1_000, 30, 700).draw(new SplittableRandom(1));

        assertThat(places).hasSize(1_000);
        for (int batch = 0; batch < places.length; batch += 10) {
            assertThat(IntStream.of(places).skip(batch).limit(10).filter(place -> place < 30))
                    .hasSize(5);
        }
        assertThat(IntStream.of(places)).allSatisfy(place -> assertThat(place).isBetween(0, 729));
    }

    @Test
    void shouldTakeNoneTwiceBeforeAllOfItsKindHaveComeOnce() {
        int[] places = new EpochOrder.Halves(200, 40, 1_000).draw(new SplittableRandom(1));

        int[] ones = IntStream.of(places).filter(place -> place < 40).toArray();
        assertThat(ones).hasSize(100);
        assertThat(IntStream.of(Arrays.copyOf(ones, 40)).distinct()).hasSize(40);
        assertThat(IntStream.of(Arrays.copyOfRange(ones, 40, 80)).distinct()).hasSize(40);
        assertThat(IntStream.of(places).filter(place -> place >= 40).distinct()).hasSize(100);
    }

    @Test
    void shouldTakeOneMoreOfTheFirstWhereHalvesAreNotEven() {
        int[] places = new EpochOrder.Halves(7, 1, 1).draw(new SplittableRandom(1));

        assertThat(places).containsExactly(0, 1, 0, 1, 0, 1, 0);
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static Integer[] boxed(int[] numbers) {
        return IntStream.of(numbers).boxed().toArray(Integer[]::new);
    }
}
