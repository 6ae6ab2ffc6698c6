package dev.hemline.benchmarks.scale;

/**
 * One thing to measure.
 *
 * @param value in its dimension
 * @param imageBytes of the encoded picture
 * @param backlog events that are there at once
 * @param times how many backlogs make a turn, each there when the one before is done with
 */
record Point(int value, Setting setting, int imageBytes, int backlog, int times) {
    /** In a turn. */
    int events() {
        return backlog * times;
    }
}
