package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.Dataset;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.trainer.training.LikelyChange.Kind;
import dev.hemline.trainer.training.LikelyChange.Part;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelyChangeTest {
    private static final Dataset DATA = FashionMnistFixture.load();
    private static final int SIDE = 28;

    @ParameterizedTest
    @CsvSource({"25, 5", "40, 5", "70, 8"})
    void shouldFindHowMuchBrighterPicturesAre(double levels, double about) {
        assertThat(found(Corruption.brighter(levels)).parts()).first().satisfies(part -> {
            assertThat(part.kind()).isEqualTo(Kind.BRIGHTER);
            assertThat(part.strength()).isCloseTo(levels, within(about));
        });
    }

    @ParameterizedTest
    @CsvSource({"15, 4", "50, 8"})
    void shouldFindHowMuchNoiseThereIs(double sigma, double about) {
        assertThat(found(Corruption.noise(sigma)).parts()).first().satisfies(part -> {
            assertThat(part.kind()).isEqualTo(Kind.NOISE);
            assertThat(part.strength()).isCloseTo(sigma, within(about));
        });
    }

    @ParameterizedTest
    @CsvSource({"25, 4", "-40, 5"})
    void shouldFindHowFarPicturesAreTurned(double degrees, double about) {
        assertThat(found(Corruption.rotate(degrees)).parts()).first().satisfies(part -> {
            assertThat(part.kind()).isEqualTo(Kind.ROTATED);
            assertThat(part.strength()).isCloseTo(degrees, within(about));
        });
    }

    @Test
    void shouldFindThatBlackIsWhite() {
        LikelyChange change = found(Corruption.invert());

        assertThat(change.parts()).containsExactly(new Part(Kind.INVERTED, 1));
        assertThat(change).hasToString("inverted");
        assertThat(change.explained()).isGreaterThan(0.95);
    }

    @Test
    void shouldFindTwoChangesOneUponTheOther() {
        LikelyChange change = found((pixels, width, height, random) -> Corruption.noise(25)
                .apply(Corruption.invert().apply(pixels, width, height, random), width, height, random));

        assertThat(change.parts()).extracting(Part::kind).containsExactly(Kind.INVERTED, Kind.NOISE);
        assertThat(change.parts().get(1).strength()).isCloseTo(25, within(5.0));
    }

    @Test
    void shouldFindNothingWherePicturesAreAsBefore() {
        assertThat(change(Corruption.none())).isEmpty();
    }

    @Test
    void shouldFindNothingWhereItCannotExplainWhatItSees() {
        int[] order = EpochOrder.shuffled(SIDE * SIDE).draw(new SplittableRandom(5));

        assertThat(change((pixels, width, height, random) -> {
                    byte[] mixed = new byte[pixels.length];
                    for (int i = 0; i < order.length; i++) {
                        mixed[i] = pixels[order[i]];
                    }
                    return mixed;
                }))
                .isEmpty();
    }

    @Test
    void shouldFindNothingWhereThereIsNothingToLookAt() {
        LabelledImages none = LabelledImages.of(new byte[0], new byte[0]);

        assertThat(LikelyChange.between(DATA.train(), none, 1)).isEmpty();
    }

    @Test
    void shouldFindTheSameFromTheSameSeed() {
        assertThat(change(Corruption.noise(30))).isEqualTo(change(Corruption.noise(30)));
    }

    @Test
    void shouldMakeOnePictureOfTheOtherInItsOrder() {
        byte[] picture = DATA.test().image(3);
        var change = new LikelyChange(List.of(new Part(Kind.INVERTED, 1), new Part(Kind.BRIGHTER, 40)), 0.9);

        byte[] changed = change.corruption().apply(picture, SIDE, SIDE, new SplittableRandom(1));

        var random = new SplittableRandom(1);
        assertThat(changed)
                .isEqualTo(Corruption.brighter(40)
                        .apply(Corruption.invert().apply(picture, SIDE, SIDE, random), SIDE, SIDE, random));
        assertThat(change).hasToString("inverted, then brighter 40.0");
    }

    private static LikelyChange found(Corruption corruption) {
        return change(corruption).orElseThrow();
    }

    private static Optional<LikelyChange> change(Corruption corruption) {
        return LikelyChange.between(DATA.train(), changed(DATA.test(), corruption), 1);
    }

    static LabelledImages changed(LabelledImages images, Corruption corruption) {
        var random = new SplittableRandom(9);
        byte[] pixels = new byte[images.size() * SIDE * SIDE];
        byte[] labels = new byte[images.size()];
        for (int i = 0; i < labels.length; i++) {
            byte[] one = corruption.apply(images.image(i), SIDE, SIDE, random);
            System.arraycopy(one, 0, pixels, i * one.length, one.length);
            labels[i] = (byte) images.label(i);
        }
        return LabelledImages.of(pixels, labels);
    }
}
