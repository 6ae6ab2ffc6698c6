package dev.hemline.image;

import java.util.Arrays;

/**
 * Scales by area averaging: a target pixel is the mean of the source area it covers, parts of pixels counted as parts.
 * Nothing of a large picture is skipped over, so fine patterns turn grey instead of turning into others. Rows and
 * columns are averaged one after the other, so every source sample is touched once, and only one row is held.
 */
final class AreaScaling {
    /** Measured: 3 to 5. */
    private static final long NANOS_A_PIXEL = 5;

    private final PixelRows picture;
    private final Spans columns;
    private final int[] row;
    private final double[] narrowed;
    private int narrowedRow = -1;

    private AreaScaling(PixelRows picture, int width) {
        this.picture = picture;
        this.columns = new Spans(picture.width(), width);
        this.row = new int[picture.width() * picture.channels()];
        this.narrowed = new double[width * picture.channels()];
    }

    /** What scaling a picture of that width holds: a row of up to three samples. */
    static long bytes(int width) {
        return 3L * Integer.BYTES * width;
    }

    /** What reading and averaging the rows of a decoded picture takes of a slow core. */
    static long nanos(int width, int height) {
        return NANOS_A_PIXEL * width * height;
    }

    /** @return height × width × channels means of 0 to 255, pixel after pixel */
    static float[] scale(PixelRows picture, int height, int width) {
        return new AreaScaling(picture, width).to(height);
    }

    private float[] to(int height) {
        Spans rows = new Spans(picture.height(), height);
        float[] means = new float[height * narrowed.length];
        double[] sums = new double[narrowed.length];
        for (int target = 0; target < height; target++) {
            Arrays.fill(sums, 0);
            for (int y = rows.first(target); y <= rows.last(target); y++) {
                narrow(y);
                double part = rows.part(target, y);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += part * narrowed[i];
                }
            }
            for (int i = 0; i < sums.length; i++) {
                means[target * sums.length + i] = (float) (sums[i] / rows.length());
            }
        }
        return means;
    }

    /** Averages along one row; the row at the border of two target rows is asked for twice. */
    private void narrow(int y) {
        if (y == narrowedRow) {
            return;
        }
        picture.read(y, row);
        int channels = picture.channels();
        for (int x = 0; x < narrowed.length / channels; x++) {
            for (int channel = 0; channel < channels; channel++) {
                narrowed[x * channels + channel] = sum(x, channels, channel) / columns.length();
            }
        }
        narrowedRow = y;
    }

    private double sum(int target, int channels, int channel) {
        int first = columns.first(target);
        int last = columns.last(target);
        double ends = columns.part(target, first) * row[first * channels + channel];
        if (last > first) {
            ends += columns.part(target, last) * row[last * channels + channel];
        }
        long inner = 0;
        for (int i = (first + 1) * channels + channel; i < last * channels; i += channels) {
            inner += row[i];
        }
        return ends + inner;
    }

    /** Which source pixels each target pixel covers along one axis, and how much of each. */
    private static final class Spans {
        private final int source;
        private final int target;

        Spans(int source, int target) {
            this.source = source;
            this.target = target;
        }

        /** Source pixels under one target pixel; less than one when scaling up. */
        double length() {
            return (double) source / target;
        }

        int first(int index) {
            return Math.toIntExact((long) index * source / target);
        }

        int last(int index) {
            return Math.toIntExact(((index + 1L) * source - 1) / target);
        }

        /** The part of source pixel {@code pixel}, which lies from first to last, that target pixel {@code index} covers. */
        double part(int index, int pixel) {
            // In units of 1 / target, all borders are whole numbers.
            long from = Math.max((long) index * source, (long) pixel * target);
            long to = Math.min((index + 1L) * source, (pixel + 1L) * target);
            return (double) (to - from) / target;
        }
    }
}
