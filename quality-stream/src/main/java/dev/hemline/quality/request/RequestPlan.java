package dev.hemline.quality.request;

import dev.hemline.event.Episode;
import dev.hemline.event.Sample;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What labels are asked for.
 *
 * @param perMinute over all partitions, at least 1
 * @param partitions of topic {@code samples}; each has its equal part
 * @param window how long a request waits for its label
 * @param changed whether pictures of that source have changed for that version; asked of each sample, so it must not wait
 * @param episodes which one waits for the label of that sample; likewise
 */
record RequestPlan(
        int perMinute,
        int partitions,
        Duration window,
        Predicate<Sample> changed,
        Function<Sample, Optional<Episode>> episodes) {
    private static final int MOST_OF_AN_EPISODE = 100_000;

    double perMinuteAndPartition() {
        return (double) perMinute / partitions;
    }

    /** How many of the labels that an episode wants are asked for in one partition. */
    int part(Episode episode, int partition) {
        int wanted = Math.min(MOST_OF_AN_EPISODE, episode.getLabelsWanted());
        return wanted / partitions + (partition < wanted % partitions ? 1 : 0);
    }
}
