package dev.hemline.benchmarks.runner;

import java.lang.management.ManagementFactory;

/**
 * Where it was measured.
 *
 * @param processors that this machine has, for everything together
 * @param loadBefore processes that wanted a processor in the minute before, below 0 if the system does not tell
 */
public record Machine(int processors, double loadBefore) {
    private static final double BUSY = 0.5;

    /** As it is before a measurement begins. */
    public static Machine now() {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Whether it had other things to do. */
    boolean busy() {
        return loadBefore > BUSY;
    }
}
