package dev.hemline.model.network;

/**
 * What one image looks like between two layers.
 *
 * @param channels feature maps, at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Dimensions(int channels, int height, int width) {
    public Dimensions {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "channels, height and width must be at least 1, not " + channels + "x" + height + "x" + width);
        }
    }

    /** Numbers in one image. */
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
