package dev.hemline.insight.explore;

/**
 * An image in coarser and coarser grids. The distance between two coarse pictures is never above that of the images
 * themselves, so most pairs are told apart by a few numbers.
 */
final class BlockMeans {
    private final float[] values;
    private final int perImage;

    private BlockMeans(float[] values, int perImage) {
        this.values = values;
        this.perImage = perImage;
    }

    /**
     * @param pixels n × width × height unsigned bytes
     * @param grid blocks across and down
     */
    static BlockMeans of(byte[] pixels, int n, int width, int height, int grid) {
        float[] values = new float[n * grid * grid];
        for (int image = 0; image < n; image++) {
            for (int row = 0; row < grid; row++) {
                for (int column = 0; column < grid; column++) {
                    values[(image * grid + row) * grid + column] = scaledMean(
                            pixels,
                            image * width * height,
                            width,
                            span(row, grid, height),
                            span(column, grid, width),
                            (float) width * height);
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

    private record Span(int from, int to) {}

    private static Span span(int block, int grid, int length) {
        return new Span(block * length / grid, (block + 1) * length / grid);
    }

    /** Weighed by the block's share of the picture, so that distances are bounds whatever the blocks' sizes. */
    private static float scaledMean(byte[] pixels, int at, int width, Span rows, Span columns, float all) {
        long sum = 0;
        for (int y = rows.from(); y < rows.to(); y++) {
            for (int x = columns.from(); x < columns.to(); x++) {
                sum += pixels[at + y * width + x] & 0xff;
            }
        }
        int count = (rows.to() - rows.from()) * (columns.to() - columns.from());
        return count == 0 ? 0 : (float) (sum / (double) count * Math.sqrt(count / all));
    }
}
