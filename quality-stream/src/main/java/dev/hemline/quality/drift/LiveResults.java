package dev.hemline.quality.drift;

import dev.hemline.quality.batch.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers a version's first results of a source for a reference. How they scatter is taken from whole blocks, so that results
 * which resemble those before them, as a camera's do, are not taken for independent ones. Not for several threads.
 */
public final class LiveResults {
    /** After so many there is a reference, or after more where they come so fast that their blocks are larger. */
    public static final int WANTED = 2_000;

    private static final int BLOCK = 25;

    /** How results scatter is known as well as it has to be, however large the blocks are, from so many. */
    private static final int BLOCKS = WANTED / BLOCK;

    private final Sums all;
    private final List<Block> blocks;
    /** Empty while they are being gathered; then nobody needs the blocks any more. */
    private double[][] covariance;

    /**
     * Consecutive results.
     *
     * @param counts by predicted group
     * @param logProbabilities by group, summed over all
     */
    @SuppressWarnings("ArrayRecordComponent") // added to, never compared
    record Block(int[] counts, double[] logProbabilities) {
        int count() {
            int sum = 0;
            for (int count : counts) {
                sum += count;
            }
            return sum;
        }

        void add(Sums sums) {
            for (int group = 0; group < counts.length; group++) {
                counts[group] += sums.results()[group];
                for (int i = 0; i < counts.length; i++) {
                    logProbabilities[i] += sums.logProbabilities()[group][i];
                }
            }
        }

        double[] deviation(double[][] means) {
            double[] deviation = logProbabilities.clone();
            for (int group = 0; group < counts.length; group++) {
                for (int i = 0; i < deviation.length; i++) {
                    deviation[i] -= counts[group] * means[group][i];
                }
            }
            return deviation;
        }
    }

    /** None yet, of so many groups. */
    public LiveResults(int groups) {
        this(Sums.none(groups), List.of(), new double[0][]);
    }

    LiveResults(Sums all, List<Block> blocks, double[][] covariance) {
        this.all = all;
        this.blocks = new ArrayList<>(blocks);
        this.covariance = covariance;
    }

    /** Adds some, unless there are enough. */
    public void add(Sums sums) {
        if (isComplete()) {
            return;
        }
        if (blocks.isEmpty() || blocks.get(blocks.size() - 1).count() >= BLOCK) {
            blocks.add(new Block(new int[all.groups()], new double[all.groups()]));
        }
        blocks.get(blocks.size() - 1).add(sums);
        all.add(sums);
        if (all.count() >= WANTED && blocks.size() >= BLOCKS) {
            covariance = scatter();
            blocks.clear();
        }
    }

    public boolean isComplete() {
        return covariance.length > 0;
    }

    /** The reference that they make. */
    public Reference reference(Optional<Reference> validation) {
        return Reference.live(all, covariance, validation);
    }

    private double[][] scatter() {
        int groups = all.groups();
        double[][] means = all.means();
        double[][] scatter = new double[groups][groups];
        // An estimate of so few blocks is, in some direction, too small.
        double blocksLeft = Math.max(1, blocks.size() - groups - 1);
        for (Block block : blocks) {
            double[] deviation = block.deviation(means);
            for (int row = 0; row < groups; row++) {
                for (int column = 0; column < groups; column++) {
                    scatter[row][column] += deviation[row] * deviation[column] / block.count() / blocksLeft;
                }
            }
        }
        return scatter;
    }

    double[][] covariance() {
        return covariance;
    }

    Sums all() {
        return all;
    }

    List<Block> blocks() {
        return List.copyOf(blocks);
    }
}
