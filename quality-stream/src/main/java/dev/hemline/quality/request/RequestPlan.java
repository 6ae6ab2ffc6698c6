package dev.hemline.quality.request;

import dev.hemline.event.Sample;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * What labels are asked for.
 *
 * @param perMinute over all partitions, at least 1
 * @param partitions of topic {@code samples}; each has its equal part
 * @param window how long a request waits for its label
 * @param changed whether pictures of that source have changed for that version; asked of each sample, so it must not wait
 */
record RequestPlan(int perMinute, int partitions, Duration window, Predicate<Sample> changed) {
    double perMinuteAndPartition() {
        return (double) perMinute / partitions;
    }
}
