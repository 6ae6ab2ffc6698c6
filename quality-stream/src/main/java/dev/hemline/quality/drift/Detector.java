package dev.hemline.quality.drift;

import dev.hemline.quality.batch.Batch;
import dev.hemline.quality.evidence.LogSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Looks at all results from now on for a change against one reference: an e-detector (Shin, Ramdas and Rinaldo, 2022). With
 * every {@link #SPACING} results a {@link Window} begins, whose e-value says how much speaks for a change since then; their sum
 * is compared with a threshold. While nothing has changed, each e-value is 1 on average at most, so the sum is at most the
 * number of windows begun; it passes a threshold of T after T windows on average at the earliest. Not for several threads.
 */
public final class Detector {
    /** A window begins with every so many results. */
    public static final int SPACING = Batch.RESULTS;

    /** Older windows become rarer, evenly by the logarithm of their age; to drop one makes no alarm more likely. */
    private static final int MOST_WINDOWS = 24;

    /** So little evidence, as a logarithm, that nobody need know how little. */
    private static final double NEGLIGIBLE = Math.log(100);

    /** What has not shown in so many results is no change since then; and counts stay small. */
    private static final int LONGEST_WINDOW = 1_000_000;

    private static final double NONE = Double.NEGATIVE_INFINITY;

    private final Reference reference;
    private final List<Window> windows;
    private long results;

    /** One that has seen nothing yet. */
    public Detector(Reference reference) {
        this(reference, 0, List.of());
    }

    /** One that goes on. */
    Detector(Reference reference, long results, List<Window> windows) {
        this.reference = reference;
        this.results = results;
        this.windows = new ArrayList<>(windows);
    }

    /**
     * What speaks for a change.
     *
     * @param logEvidence the logarithm of the sum of all windows' e-values
     * @param since the window with the largest
     */
    record Finding(double logEvidence, Window since) {}

    /** Results come. */
    public void add(Batch batch) {
        if (windows.isEmpty() || results - windows.get(windows.size() - 1).start() >= SPACING) {
            windows.add(Window.at(results, batch));
        }
        double[] deviation = reference.deviation(batch.sums());
        windows.forEach(window -> window.add(batch.sums().results(), deviation));
        results += batch.sums().count();
        windows.removeIf(window -> window.count() > LONGEST_WINDOW);
        if (windows.size() > MOST_WINDOWS) {
            windows.remove(mostDispensable());
        }
    }

    /** The one whose neighbours are nearest to each other, neither the oldest nor one of the newest. */
    private int mostDispensable() {
        int best = 1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < windows.size() - 2; i++) {
            double gap = Math.log(age(i - 1) / age(i + 1));
            if (gap < smallest) {
                smallest = gap;
                best = i;
            }
        }
        return best;
    }

    private double age(int window) {
        return results - windows.get(window).start();
    }

    /** That the pictures have changed: the logarithm of the evidence, or more where that is negligible. */
    public double pictures() {
        return pictureFinding().logEvidence();
    }

    /** That classes come more or less often. */
    public double mix() {
        return mixFinding().logEvidence();
    }

    /** Whether there is another mix is looked for only where that could matter: it is dear. */
    Finding pictureFinding() {
        Finding bound = find(window -> reference.picturesChangedAtMost(window.counts(), window.deviation()));
        return bound.logEvidence() < NEGLIGIBLE
                ? bound
                : find(window -> reference.picturesChanged(window.counts(), window.deviation()));
    }

    Finding mixFinding() {
        return find(window -> reference.mixChanged(window.counts()));
    }

    /** Sums of fewer results than a window is apart are not normal yet: where few come in a second, so are batches. */
    private Finding find(ToDoubleFunction<Window> logEValue) {
        double[] logs = windows.stream()
                .mapToDouble(window -> window.count() < SPACING ? NONE : logEValue.applyAsDouble(window))
                .toArray();
        int best = 0;
        for (int i = 1; i < logs.length; i++) {
            best = logs[i] > logs[best] ? i : best;
        }
        return new Finding(LogSpace.sum(logs), windows.get(best));
    }

    long results() {
        return results;
    }

    List<Window> windows() {
        return List.copyOf(windows);
    }

    Reference reference() {
        return reference;
    }
}
