package dev.hemline.image;

import java.util.Arrays;

/** A frame of an animation on its canvas, which is white where the frame does not reach. */
record CanvasRows(PixelRows frame, int left, int top, int height, int width) implements PixelRows {
    private static final int WHITE = 255;

    @Override
    public int channels() {
        return frame.channels();
    }

    @Override
    public void read(int y, int[] samples) {
        int channels = channels();
        Arrays.fill(samples, 0, width * channels, WHITE);
        if (y < top || y >= top + frame.height() || left >= width) {
            return;
        }
        int[] row = new int[frame.width() * channels];
        frame.read(y - top, row);
        int seen = Math.min(frame.width(), width - left) * channels;
        System.arraycopy(row, 0, samples, left * channels, seen);
    }
}
