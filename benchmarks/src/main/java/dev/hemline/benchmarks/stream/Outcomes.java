package dev.hemline.benchmarks.stream;

import dev.hemline.testbed.audit.AuditReport;

/**
 * What became of image events.
 *
 * @param sent warm-up included
 * @param lost without a result, dead letters included
 * @param duplicated results beyond one per event
 */
public record Outcomes(long sent, long lost, long duplicated) {
    public static final Outcomes NONE = new Outcomes(0, 0, 0);

    public static Outcomes of(AuditReport counted) {
        return new Outcomes(counted.sent(), counted.missing() + counted.rejected(), counted.duplicated());
    }

    public Outcomes plus(Outcomes more) {
        return new Outcomes(sent + more.sent, lost + more.lost, duplicated + more.duplicated);
    }

    public boolean exactlyOnce() {
        return lost == 0 && duplicated == 0;
    }
}
