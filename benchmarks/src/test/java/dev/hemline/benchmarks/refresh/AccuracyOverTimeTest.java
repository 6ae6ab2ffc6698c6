package dev.hemline.benchmarks.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.benchmarks.refresh.AccuracyOverTime.Curve;
import dev.hemline.benchmarks.refresh.AccuracyOverTime.Point;
import dev.hemline.benchmarks.refresh.Comparison.Attempt;
import dev.hemline.benchmarks.runner.Chance;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyOverTimeTest {
    private static final int PICTURES = 200;
    private static final int LABEL_DELAY = 20;

    /** A mean of the events of five seconds is all new after them. */
    private static final int SETTLED = 5;

    private static final Judged BEFORE = judged(0, PICTURES);

    @Test
    void shouldAnswerByWhatServedBeforeUntilLabelsHaveComeAndTrainingIsOver() {
        Curve refreshed = curves(new Attempt(Variant.HEMLINE, 12, judged(PICTURES, PICTURES)))
                .get(0);

        assertThat(refreshed.serves()).isEqualTo(LABEL_DELAY + 12);
        assertThat(accuracy(refreshed, 0)).isEqualTo(1);
        assertThat(accuracy(refreshed, 1)).isEqualTo(0.8);
        assertThat(accuracy(refreshed, SETTLED)).isZero();
        assertThat(accuracy(refreshed, 32)).isZero();
        assertThat(accuracy(refreshed, 33)).isEqualTo(0.2);
        assertThat(accuracy(refreshed, 32 + SETTLED)).isEqualTo(1);
    }

    @Test
    void shouldShowWhatWasForgottenOncePicturesAreAsTheyWere() {
        var time =
                time(new Attempt(Variant.WITHOUT_ANCHOR, 5, judged(PICTURES, 0)), new Attempt(Variant.NONE, 0, BEFORE));

        Curve forgetful = time.curves().get(0);
        Curve unmoved = time.curves().get(1);
        assertThat(accuracy(forgetful, time.changed())).isEqualTo(1);
        assertThat(accuracy(forgetful, time.changed() + SETTLED)).isZero();
        assertThat(accuracy(unmoved, time.changed())).isZero();
        assertThat(accuracy(unmoved, time.changed() + SETTLED)).isEqualTo(1);
    }

    @Test
    void shouldSendAllVariantsTheSameEvents() {
        Judged half = judged(PICTURES / 2, PICTURES / 2);

        List<Curve> curves = curves(new Attempt(Variant.HEMLINE, 3, half), new Attempt(Variant.LABELS_ALONE, 3, half));

        assertThat(curves.get(0).points()).isEqualTo(curves.get(1).points());
        assertThat(curves.get(0).points())
                .extracting(Point::accuracy)
                .as("a mean of 500 events of which each is right by chance")
                .anySatisfy(accuracy -> assertThat(accuracy).isBetween(0.4, 0.6).isNotEqualTo(0.5));
    }

    @Test
    void shouldKeepPicturesChangedUntilTheSlowestHasServedForHalfAMinute() {
        var time = time(new Attempt(Variant.HEMLINE, 8, BEFORE), new Attempt(Variant.FROM_NOTHING, 99.5, BEFORE));

        assertThat(time.changed()).isEqualTo(LABEL_DELAY + 100 + 30);
        assertThat(time.curves())
                .allSatisfy(curve -> assertThat(curve.points())
                        .extracting(Point::second)
                        .startsWith(-10, -9)
                        .endsWith(time.changed() + 30));
    }

    private static List<Curve> curves(Attempt... attempts) {
        return time(attempts).curves();
    }

    private static AccuracyOverTime time(Attempt... attempts) {
        return AccuracyOverTime.of(
                new Comparison("invert", 300, BEFORE, List.of(attempts)),
                LABEL_DELAY,
                new Chance(1).random("events", 0));
    }

    private static double accuracy(Curve curve, int second) {
        return curve.points().stream()
                .filter(point -> point.second() == second)
                .findAny()
                .orElseThrow()
                .accuracy();
    }

    /** Right about so many changed pictures, and so many that are as they were. */
    private static Judged judged(int changed, int clean) {
        return new Judged(PICTURES, first(changed), first(clean));
    }

    private static BitSet first(int size) {
        var places = new BitSet();
        places.set(0, size);
        return places;
    }
}
