package dev.hemline.benchmarks.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Results to draw from, with replacement, so that there is no end of them. Immutable. */
final class Traffic {
    private final List<Result> originals;
    private final List<Result> changed;
    private final double share;
    private final List<int[]> imagesOfClass;
    /** Running sums of the classes' weights. */
    private final double[] upTo;

    private Traffic(
            List<Result> originals, List<Result> changed, double share, List<int[]> imagesOfClass, double[] weights) {
        this.originals = originals;
        this.changed = changed;
        this.share = share;
        this.imagesOfClass = imagesOfClass;
        upTo = new double[weights.length];
        double sum = 0;
        for (int label = 0; label < weights.length; label++) {
            sum += weights[label];
            upTo[label] = sum;
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("No image of any class is left");
        }
    }

    /** Results as they are, each as likely as any other. */
    static Traffic of(List<Result> originals) {
        List<int[]> images = IntStream.range(0, originals.get(0).classes())
                .mapToObj(label -> IntStream.range(0, originals.size())
                        .filter(image -> originals.get(image).label() == label)
                        .toArray())
                .toList();
        return new Traffic(
                originals,
                originals,
                0,
                images,
                images.stream().mapToDouble(of -> of.length).toArray());
    }

    /**
     * The same with a share of the pictures changed.
     *
     * @param results to the same images, changed
     */
    Traffic changed(List<Result> results, double of) {
        return new Traffic(originals, results, of, imagesOfClass, weights());
    }

    /** The same with other classes: how many times as often as now each of them comes, up to a factor. */
    Traffic times(double[] factors) {
        double[] weights = weights();
        for (int label = 0; label < weights.length; label++) {
            weights[label] *= factors[label];
        }
        return new Traffic(originals, changed, share, imagesOfClass, weights);
    }

    private double[] weights() {
        return IntStream.range(0, upTo.length)
                .mapToDouble(label -> upTo[label] - (label == 0 ? 0 : upTo[label - 1]))
                .toArray();
    }

    int classes() {
        return upTo.length;
    }

    Result next(RandomGenerator random) {
        double at = random.nextDouble() * upTo[upTo.length - 1];
        int label = 0;
        while (at >= upTo[label]) {
            label++;
        }
        int[] images = imagesOfClass.get(label);
        int image = images[random.nextInt(images.length)];
        return (share > 0 && random.nextDouble() < share ? changed : originals).get(image);
    }

    List<Result> next(int count, RandomGenerator random) {
        return Stream.generate(() -> next(random)).limit(count).collect(Collectors.toCollection(ArrayList::new));
    }
}
