package dev.hemline.classifier.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageEvents;
import dev.hemline.image.ImageLimits;
import dev.hemline.image.UnfitImageException;
import dev.hemline.service.trace.RecordTrace;
import dev.hemline.topic.ImageEventReader;
import dev.hemline.topic.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkInFlightTest {
    private static final Duration IMAGE = Duration.ofMillis(20);

    private final WorkInFlight work = new WorkInFlight(1);

    WorkInFlightTest() {
        work.modelTakes(IMAGE.toNanos());
    }

    @Test
    void shouldHaveRoomForOneSecondOfEachWorker() throws UnfitImageException {
        assertThat(takenOn()).hasSizeBetween(45, 50);
    }

    @Test
    void shouldHaveLessRoomWhileBatchesTakeLongerThanWasReckoned() throws UnfitImageException {
        batches(20, IMAGE.multipliedBy(4));
        assertThat(takenOn()).hasSizeBetween(10, 14);

        batches(20, IMAGE);
        assertThat(takenOn()).hasSizeBetween(40, 50);
    }

    @Test
    void shouldNotHaveMoreRoomWhereBatchesAreFast() throws UnfitImageException {
        batches(20, IMAGE.dividedBy(10));

        assertThat(takenOn()).hasSizeBetween(45, 50);
    }

    @Test
    void shouldLearnNothingFromOneImageBesideWhichTheMachineStoodStill() throws UnfitImageException {
        work.modelTakes(Duration.ofMillis(1).toNanos());

        work.took(List.of(job()), Duration.ofSeconds(3).toNanos());
        work.modelTakes(IMAGE.toNanos());

        assertThat(takenOn()).hasSizeBetween(45, 50);
    }

    private void batches(int n, Duration eachImage) throws UnfitImageException {
        for (int i = 0; i < n; i++) {
            work.took(List.of(job(), job()), 2 * eachImage.toNanos());
        }
    }

    /** As many as there is room for; given back at once. */
    private List<Job> takenOn() throws UnfitImageException {
        List<Job> jobs = new ArrayList<>();
        while (work.hasRoom()) {
            jobs.add(job());
            work.add(jobs.get(jobs.size() - 1));
        }
        jobs.forEach(job -> job.reject(Rejection.INFERENCE_FAILED, new ArithmeticException()));
        return jobs;
    }

    private static Job job() throws UnfitImageException {
        return Job.open(
                ImageEvents.record(ImageEvents.onePixel("a", 1)),
                RecordTrace.NONE,
                new ImageEventReader(),
                new ImageDecoder(ImageLimits.DEFAULT));
    }
}
