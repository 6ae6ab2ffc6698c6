package dev.hemline.trainer.episode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RightTest {
    @Test
    void shouldTellTheShareThatIsRight() {
        assertThat(new Right(40, 30).accuracy()).isEqualTo(0.75);
        assertThat(new Right(0, 0).accuracy()).isZero();
    }

    /** Newcombe's own example: 56 of 70 and 48 of 80 differ by 0.0524 to 0.3339, with 95 % confidence. */
    @Test
    void shouldBeLowerByAsMuchAsTheIntervalOfTheDifferenceSays() {
        Right more = new Right(70, 56);
        Right fewer = new Right(80, 48);

        assertThat(fewer.isClearlyBelow(more, 0.0523, 1.959964)).isTrue();
        assertThat(fewer.isClearlyBelow(more, 0.0525, 1.959964)).isFalse();
        assertThat(more.isClearlyBelow(fewer, 0, 1.959964)).isFalse();
    }

    @Test
    void shouldHaveRoomForChanceInWhatItIsHeldAgainst() {
        Right now = new Right(100, 85);

        assertThat(now.isClearlyBelow(new Right(5_000, 4_900), 0.05, 2)).isTrue();
        assertThat(now.isClearlyBelow(new Right(20, 20), 0.05, 2))
                .as("19 or 20 of 20 is luck")
                .isFalse();
    }

    @Test
    void shouldBeLowerThanNothingWhereThereIsNothing() {
        assertThat(Right.NONE.isClearlyBelow(new Right(100, 90), 0, 2)).isFalse();
        assertThat(new Right(100, 10).isClearlyBelow(Right.NONE, 0, 2)).isFalse();
    }
}
