package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FixtureCutterTest {

    @Test
    void shouldTakeTheFirstImagesOfEveryClass() {
        Dataset cut = FixtureCutter.cut(Datasets.dataset(1_500, 300));

        assertThat(cut.train().size()).isEqualTo(1_000);
        assertThat(cut.test().size()).isEqualTo(200);
        assertThat(IntStream.range(0, 200).filter(index -> cut.test().label(index) == 3))
                .hasSize(20);
    }

    @Test
    void shouldLeaveTheFixtureAsItIs() {
        Dataset fixture = FashionMnistFixture.load();

        Dataset again = FixtureCutter.cut(fixture);

        assertThat(again.train().size()).isEqualTo(fixture.train().size());
        assertThat(again.train().image(999)).isEqualTo(fixture.train().image(999));
    }
}
