package dev.hemline.benchmarks.drift;

import dev.hemline.quality.batch.Batch;
import dev.hemline.quality.drift.Detector;
import dev.hemline.quality.drift.Reference;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The evidence of our detector asked once, after n results, at the level of a test: what it rings for is more than 95 % of
 * undrifted samples show. Nobody can run a stream so; it tells what is due to the evidence, and what to the budget of false alarms.
 */
final class OneLook {
    private final List<Integer> sizes;
    private final double[] thresholds;

    private OneLook(List<Integer> sizes, double[] thresholds) {
        this.sizes = sizes;
        this.thresholds = thresholds;
    }

    /**
     * One for samples of these sizes.
     *
     * @param undrifted {@link #evidence} of undrifted samples, sample by sample
     */
    static OneLook calibrated(List<Integer> sizes, List<double[]> undrifted) {
        int mostRinging = (int) Math.floor(Bbsds.LEVEL * undrifted.size());
        double[] thresholds = IntStream.range(0, sizes.size())
                .mapToDouble(size -> undrifted.stream()
                        .mapToDouble(evidence -> evidence[size])
                        .sorted()
                        .toArray()[undrifted.size() - 1 - mostRinging])
                .toArray();
        return new OneLook(sizes, thresholds);
    }

    /**
     * What speaks for a change of pictures or of the mix after each number of results, as a logarithm.
     *
     * @param sizes rising
     * @param results as many as the last of them
     */
    static double[] evidence(List<Integer> sizes, Reference validation, List<Result> results) {
        Detector detector = new Detector(validation);
        double[] evidence = new double[sizes.size()];
        int seen = 0;
        for (int size = 0; size < evidence.length; size++) {
            while (seen < sizes.get(size)) {
                int to = Math.min(seen + Detector.SPACING - seen % Detector.SPACING, sizes.get(size));
                detector.add(new Batch("", 0, Result.sums(results.subList(seen, to))));
                seen = to;
            }
            evidence[size] = Math.max(detector.pictures(), detector.mix());
        }
        return evidence;
    }

    /** Whether it rings, by size. */
    boolean[] rings(double[] evidence) {
        boolean[] rings = new boolean[sizes.size()];
        for (int size = 0; size < rings.length; size++) {
            rings[size] = evidence[size] > thresholds[size];
        }
        return rings;
    }
}
