package dev.hemline.quality.request;

import java.time.Duration;

/**
 * How many labels are asked for.
 *
 * @param perMinute over all partitions, at least 1
 * @param partitions of topic {@code samples}; each has its equal part
 * @param window how long a request waits for its label
 */
record RequestPlan(int perMinute, int partitions, Duration window) {
    double perMinuteAndPartition() {
        return (double) perMinute / partitions;
    }
}
