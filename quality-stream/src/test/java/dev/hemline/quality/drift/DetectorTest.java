package dev.hemline.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.quality.batch.Batch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetectorTest {
    private static final double THRESHOLD = DriftWatch.threshold(1);

    private final SimulatedModel model = new SimulatedModel(7);
    private final Reference validation = model.validation(5_000);

    @Test
    void shouldStaySilentWhileNothingChanges() {
        Detector againstValidation = new Detector(validation);
        Detector againstLive = new Detector(live());

        double most = Double.NEGATIVE_INFINITY;
        for (Batch batch : model.batches(100_000, 0)) {
            againstValidation.add(batch);
            againstLive.add(batch);
            most = Math.max(most, Math.max(againstValidation.pictures(), againstLive.pictures()));
            most = Math.max(most, Math.max(againstValidation.mix(), againstLive.mix()));
        }

        assertThat(most).isLessThan(THRESHOLD);
    }

    private Reference live() {
        LiveResults first = new LiveResults(SimulatedModel.CLASSES);
        model.batches(LiveResults.WANTED, 0).forEach(batch -> first.add(batch.sums()));
        return first.reference(Optional.of(validation));
    }

    @Test
    void shouldNoticeChangedPicturesAndSayAboutSinceWhen() {
        Detector detector = new Detector(validation);
        model.batches(2_000, 0).forEach(detector::add);

        model.pictures(0.6);
        long results = 2_000;
        while (detector.pictures() < THRESHOLD && results < 4_000) {
            detector.add(model.batch(Detector.SPACING, results));
            results += Detector.SPACING;
        }

        assertThat(results).isBetween(2_025L, 2_500L);
        Window since = detector.pictureFinding().since();
        assertThat((double) since.start()).isCloseTo(2_000, within(250.0));
        assertThat(since.firstId()).isEqualTo("event-" + since.start());
    }

    @Test
    void shouldNoticeASmallChangeInTheEnd() {
        Detector detector = new Detector(validation);
        model.pictures(0.25).batches(6_000, 0).forEach(detector::add);

        assertThat(detector.pictures()).isGreaterThan(THRESHOLD);
    }

    @Test
    void shouldTellAnotherMixOfClassesFromOtherPictures() {
        Detector detector = new Detector(validation);
        model.batches(1_000, 0).forEach(detector::add);

        double pictures = Double.NEGATIVE_INFINITY;
        for (Batch batch : model.mix(SimulatedModel.UNEVEN).batches(5_000, 1_000)) {
            detector.add(batch);
            pictures = Math.max(pictures, detector.pictures());
        }

        assertThat(detector.mix()).isGreaterThan(THRESHOLD);
        assertThat(pictures).isLessThan(THRESHOLD);
    }

    @Test
    void shouldKeepFewWindowsHoweverLongItLooks() {
        Detector detector = new Detector(validation);
        model.batches(50_000, 0).forEach(detector::add);

        assertThat(detector.windows()).hasSizeLessThanOrEqualTo(24);
        assertThat(detector.windows().get(0).start()).isZero();
        assertThat(detector.windows().get(0).count()).isEqualTo(50_000);
    }
}
