package dev.hemline.benchmarks.drift;

import dev.hemline.fashionmnist.Corruption;
import java.util.random.RandomGenerator;

/**
 * Turns, moves, shears, scales and mirrors a picture, each by a random amount, as Keras' {@code ImageDataGenerator} does, which
 * <em>Failing Loudly</em> changes its pictures with. What comes in from outside is as at the edge.
 *
 * @param degrees to turn at most, either way
 * @param moved at most, as a share of the side, either way, across and down
 * @param shear in degrees at most, either way; the paper's amounts are parts of a degree
 * @param zoom the share at most by which it becomes larger or smaller, across and down each by itself
 * @param mirrored half of the time, left to right
 * @param upsideDown half of the time
 */
record ImageShift(double degrees, double moved, double shear, double zoom, boolean mirrored, boolean upsideDown)
        implements Corruption {
    @Override
    public byte[] apply(byte[] pixels, int width, int height, RandomGenerator random) {
        double turn = Math.toRadians(within(degrees, random));
        double down = within(moved, random) * height;
        double right = within(moved, random) * width;
        double slant = Math.toRadians(within(shear, random));
        double tall = 1 + within(zoom, random);
        double wide = 1 + within(zoom, random);
        boolean mirror = mirrored && random.nextBoolean();
        boolean flip = upsideDown && random.nextBoolean();
        byte[] shifted = new byte[pixels.length];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                // From a place in the new picture to the one in the old that shows there.
                double y = ((flip ? height - 1 - row : row) - (height - 1) / 2.0) * tall;
                double x = ((mirror ? width - 1 - column : column) - (width - 1) / 2.0) * wide;
                y -= Math.sin(slant) * x;
                x *= Math.cos(slant);
                y += down;
                x += right;
                shifted[row * width + column] = between(
                        pixels,
                        width,
                        height,
                        x * Math.cos(turn) + y * Math.sin(turn) + (width - 1) / 2.0,
                        y * Math.cos(turn) - x * Math.sin(turn) + (height - 1) / 2.0);
            }
        }
        return shifted;
    }

    private static double within(double most, RandomGenerator random) {
        return most * (2 * random.nextDouble() - 1);
    }

    /** Of the four pixels around a point, each the more the nearer; outside, of those at the edge. */
    private static byte between(byte[] pixels, int width, int height, double x, double y) {
        double column = Math.max(0, Math.min(width - 1, x));
        double row = Math.max(0, Math.min(height - 1, y));
        int left = (int) column;
        int top = (int) row;
        int right = Math.min(width - 1, left + 1);
        int bottom = Math.min(height - 1, top + 1);
        double toRight = column - left;
        double above = grey(pixels, top * width + left) * (1 - toRight) + grey(pixels, top * width + right) * toRight;
        double below =
                grey(pixels, bottom * width + left) * (1 - toRight) + grey(pixels, bottom * width + right) * toRight;
        return (byte) Math.round(above * (1 - (row - top)) + below * (row - top));
    }

    private static int grey(byte[] pixels, int at) {
        return Byte.toUnsignedInt(pixels[at]);
    }
}
