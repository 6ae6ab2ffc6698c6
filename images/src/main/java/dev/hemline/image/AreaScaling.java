package dev.hemline.image;

import dev.hemline.image.PixelRows.Pass;

/**
 * Scales by area averaging: a target pixel is the mean of the source area it covers, parts of pixels counted as parts.
 * Nothing of a large picture is skipped over, so fine patterns turn grey instead of turning into others. Rows and
 * columns are averaged one after the other, so every source sample is touched once, and only one row is held; in whichever
 * order rows come, so that nobody has to put the passes of an interlaced picture together.
 */
final class AreaScaling {
    /** Measured: 3 to 5. */
    private static final long NANOS_A_PIXEL = 5;

    private final PixelRows picture;
    private final Spans columns;
    private final Spans rows;
    /** Which target rows cover each source row. */
    private final Spans targets;

    private final int[] row;
    private final double[] narrowed;
    private final double[] sums;

    private AreaScaling(PixelRows picture, int height, int width) {
        this.picture = picture;
        this.columns = new Spans(picture.width(), width);
        this.rows = new Spans(picture.height(), height);
        this.targets = new Spans(height, picture.height());
        this.row = new int[picture.width() * picture.channels()];
        this.narrowed = new double[width * picture.channels()];
        this.sums = new double[height * narrowed.length];
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
    static double[] scale(PixelRows picture, int height, int width) {
        var scaling = new AreaScaling(picture, height, width);
        for (Pass pass : picture.passes()) {
            if (pass.pixels(picture.width()) > 0) {
                scaling.add(pass);
            }
        }
        return scaling.means();
    }

    private double[] means() {
        for (int i = 0; i < sums.length; i++) {
            sums[i] /= rows.length();
        }
        return sums;
    }

    private void add(Pass pass) {
        var covered = new Covered(columns, pass);
        picture.begin(pass);
        for (int y = pass.row(); y < picture.height(); y += pass.rows()) {
            picture.read(y, row);
            narrow(covered);
            for (int target = targets.first(y); target <= targets.last(y); target++) {
                double part = rows.part(target, y);
                for (int i = 0, to = target * narrowed.length; i < narrowed.length; i++) {
                    sums[to + i] += part * narrowed[i];
                }
            }
        }
    }

    /** Averages along one row. */
    private void narrow(Covered covered) {
        int channels = picture.channels();
        for (int x = 0; x < narrowed.length / channels; x++) {
            for (int channel = 0; channel < channels; channel++) {
                narrowed[x * channels + channel] = covered.sum(x, row, channels, channel) / columns.length();
            }
        }
    }

    /** Which pixels of a pass each target column covers, and how much of the first and the last of them. */
    private static final class Covered {
        private final int[] first;
        private final int[] end;
        private final double[] ofFirst;
        private final double[] ofLast;

        Covered(Spans columns, Pass pass) {
            int count = columns.target;
            first = new int[count];
            end = new int[count];
            ofFirst = new double[count];
            ofLast = new double[count];
            for (int i = 0; i < count; i++) {
                first[i] = pass.from(columns.first(i));
                end[i] = pass.from(columns.last(i) + 1);
                ofFirst[i] = columns.part(i, pass.column() + first[i] * pass.columns());
                ofLast[i] = columns.part(i, pass.column() + (end[i] - 1) * pass.columns());
            }
        }

        double sum(int target, int[] row, int channels, int channel) {
            int from = first[target];
            int last = end[target] - 1;
            if (last < from) {
                return 0;
            }
            double ends = ofFirst[target] * row[from * channels + channel];
            if (last > from) {
                ends += ofLast[target] * row[last * channels + channel];
            }
            long inner = 0;
            for (int i = (from + 1) * channels + channel; i < last * channels; i += channels) {
                inner += row[i];
            }
            return ends + inner;
        }
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
