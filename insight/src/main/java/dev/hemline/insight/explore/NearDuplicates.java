package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.LabelledImages;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds every image to test with that has a near-duplicate among those to train with; for each, the nearest. Exact: what
 * is passed over is passed over because a coarser picture proves that it is too far.
 */
final class NearDuplicates {
    /** The coarsest first: how bright an image is tells most pairs apart. */
    private static final int[] GRIDS = {1, 2, 4, 7, 14};

    /**
     * An image to test with that is nearly one to train with.
     *
     * @param test its place among the images to test with
     * @param train the place of the one most like it among the images to train with
     * @param distance root of the mean squared difference of their pixels, in grey levels of 0 to 255
     */
    record Pair(int test, int train, double distance) {}

    private final double limit;
    private final int size;
    private final byte[] test;
    private final byte[] train;
    private final BlockMeans[] testMeans;
    private final BlockMeans[] trainMeans;
    private final int candidates;

    private NearDuplicates(LabelledImages test, LabelledImages train, double limit) {
        this.limit = limit;
        this.size = test.width() * test.height();
        this.test = pixels(test);
        this.train = pixels(train);
        this.testMeans = means(test);
        this.trainMeans = means(train);
        this.candidates = train.size();
    }

    /**
     * @param limit largest distance that counts, in grey levels
     * @param each told after every image to test with, on whatever thread
     * @return nearest pairs first
     */
    static List<Pair> find(LabelledImages test, LabelledImages train, double limit, Runnable each) {
        NearDuplicates search = new NearDuplicates(test, train, limit);
        return IntStream.range(0, test.size())
                .parallel()
                .mapToObj(image -> {
                    Optional<Pair> nearest = search.nearest(image);
                    each.run();
                    return nearest;
                })
                .flatMap(Optional::stream)
                .sorted(Comparator.comparingDouble(Pair::distance).thenComparingInt(Pair::test))
                .toList();
    }

    private Optional<Pair> nearest(int image) {
        // Rounding in the bounds must not lose a pair that lies just within.
        double best = limit * limit * size + 0.5;
        int nearest = -1;
        for (int candidate = 0; candidate < candidates; candidate++) {
            if (mayBeNearer(image, candidate, best)) {
                long squares = squares(image, candidate, best);
                if (squares < best) {
                    best = squares;
                    nearest = candidate;
                }
            }
        }
        return nearest < 0 ? Optional.empty() : Optional.of(new Pair(image, nearest, Math.sqrt(best / size)));
    }

    private boolean mayBeNearer(int image, int candidate, double best) {
        double most = best / size * 1.0001;
        for (int level = 0; level < GRIDS.length; level++) {
            if (testMeans[level].distance(image, trainMeans[level], candidate) > most) {
                return false;
            }
        }
        return true;
    }

    /** Sum of squared differences; stops where it is clear that it is no better. */
    private long squares(int image, int candidate, double best) {
        long sum = 0;
        int a = image * size;
        int b = candidate * size;
        for (int i = 0; i < size && sum < best; i++) {
            int difference = (test[a + i] & 0xff) - (train[b + i] & 0xff);
            sum += (long) difference * difference;
        }
        return sum;
    }

    private static byte[] pixels(LabelledImages images) {
        int size = images.width() * images.height();
        byte[] pixels = new byte[images.size() * size];
        for (int i = 0; i < images.size(); i++) {
            images.copyImage(i, pixels, i * size);
        }
        return pixels;
    }

    private static BlockMeans[] means(LabelledImages images) {
        return Arrays.stream(GRIDS)
                .mapToObj(grid -> BlockMeans.of(images, grid))
                .toArray(BlockMeans[]::new);
    }

    /**
     * An image in coarser and coarser grids. The distance between two coarse pictures is never above that of the images
     * themselves, so most pairs are told apart by a few numbers.
     */
    @SuppressWarnings("ArrayRecordComponent") // passed along, never compared
    private record BlockMeans(float[] values, int perImage) {
        /** @param grid blocks across and down */
        static BlockMeans of(LabelledImages images, int grid) {
            float[] values = new float[images.size() * grid * grid];
            for (int place = 0; place < images.size(); place++) {
                byte[] image = images.image(place);
                for (int row = 0; row < grid; row++) {
                    for (int column = 0; column < grid; column++) {
                        values[(place * grid + row) * grid + column] =
                                scaledMean(image, images.width(), images.height(), grid, row, column);
                    }
                }
            }
            return new BlockMeans(values, grid * grid);
        }

        /** A bound: the mean squared difference of the two images' pixels is at least this. */
        float distance(int mine, BlockMeans others, int theirs) {
            int a = mine * perImage;
            int b = theirs * perImage;
            float sum = 0;
            for (int i = 0; i < perImage; i++) {
                float difference = values[a + i] - others.values[b + i];
                sum += difference * difference;
            }
            return sum;
        }

        /** Weighed by the block's share of the picture, so that distances are bounds whatever the blocks' sizes. */
        private static float scaledMean(byte[] image, int width, int height, int grid, int row, int column) {
            long sum = 0;
            int count = 0;
            for (int y = row * height / grid; y < (row + 1) * height / grid; y++) {
                for (int x = column * width / grid; x < (column + 1) * width / grid; x++) {
                    sum += image[y * width + x] & 0xff;
                    count++;
                }
            }
            return count == 0 ? 0 : (float) (sum / (double) count * Math.sqrt(count / ((float) width * height)));
        }
    }
}
