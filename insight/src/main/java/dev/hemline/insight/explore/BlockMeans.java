package dev.hemline.insight.explore;

import dev.hemline.fashionmnist.LabelledImages;

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
