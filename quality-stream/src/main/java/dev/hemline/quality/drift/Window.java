package dev.hemline.quality.drift;

import dev.hemline.quality.batch.Batch;

/**
 * All results from one on: a change may have begun with it.
 *
 * @param start how many results there were before
 * @param firstId the event id of the first
 * @param firstAt when that was classified, in milliseconds
 * @param counts of results by predicted group
 * @param deviation of the same results from a reference, summed
 */
@SuppressWarnings("ArrayRecordComponent") // added to, never compared
record Window(long start, String firstId, long firstAt, int[] counts, double[] deviation) {
    static Window at(long start, Batch first) {
        int groups = first.sums().groups();
        return new Window(start, first.firstId(), first.firstAt(), new int[groups], new double[groups]);
    }

    void add(int[] more, double[] moreDeviation) {
        for (int group = 0; group < counts.length; group++) {
            counts[group] += more[group];
            deviation[group] += moreDeviation[group];
        }
    }

    int count() {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }
}
