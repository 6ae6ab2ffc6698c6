package dev.hemline.benchmarks.scale;

/**
 * What has to be set up anew for each value.
 *
 * @param partitions of the topics of events and of results
 * @param instances of the classifier, each a process
 */
record Setting(int partitions, int instances) {
    /** As Hemline makes its topics. */
    static final Setting USUAL = new Setting(4, 1);
}
