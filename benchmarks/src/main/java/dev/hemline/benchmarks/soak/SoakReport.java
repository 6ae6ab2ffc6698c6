package dev.hemline.benchmarks.soak;

import dev.hemline.quickstart.audit.AuditReport;
import java.util.List;

/**
 * What was found; its fields are those of the JSON file.
 *
 * @param sent image events
 * @param lost events without a result
 * @param duplicated results beyond one per event
 * @param swaps model versions that took over from the one before
 * @param seconds until the last event was done with
 * @param eventsPerSecond on the whole
 * @param samples what trends are taken from, warm-up left out
 * @param nativeBytes resident beyond the heap
 * @param threads of the classifier's process
 * @param handles open files and sockets
 * @param stateBytes of its local state on disk
 */
record SoakReport(
        long sent,
        long lost,
        long duplicated,
        int swaps,
        double seconds,
        double eventsPerSecond,
        int samples,
        Trend nativeBytes,
        Trend threads,
        Trend handles,
        Trend stateBytes) {

    static SoakReport of(AuditReport counted, int swaps, double seconds, List<Sample> warm) {
        return new SoakReport(
                counted.sent(),
                counted.missing(),
                counted.duplicated(),
                swaps,
                seconds,
                counted.sent() / seconds,
                warm.size(),
                Trend.of(warm, Sample::nativeBytes),
                Trend.of(warm, Sample::threads),
                Trend.of(warm, Sample::handles),
                Trend.of(warm, Sample::stateBytes));
    }

    boolean exactlyOnce() {
        return lost == 0 && duplicated == 0;
    }
}
