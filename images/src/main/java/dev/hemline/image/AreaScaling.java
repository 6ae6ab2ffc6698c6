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
            covered.narrow(row, picture.channels(), narrowed);
            for (int target = targets.first(y); target <= targets.last(y); target++) {
                double part = rows.part(target, y);
                for (int i = 0, to = target * narrowed.length; i < narrowed.length; i++) {
                    sums[to + i] += part * narrowed[i];
                }
            }
        }
    }

    /** Which pixels of a pass each target column covers, and how much of the first and the last of them. */
    private static final class Covered {
        /** Whose sum is still an int: longs are not added side by side by a processor's vector units. */
        private static final int MOST = Integer.MAX_VALUE / 255;

        private final double length;
        private final int[] first;
        private final int[] end;
        private final double[] ofFirst;
        private final double[] ofLast;

        Covered(Spans columns, Pass pass) {
            int count = columns.target;
            length = columns.length();
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

        /** Averages along one row. */
        void narrow(int[] row, int channels, double[] narrowed) {
            for (int target = 0; target < first.length; target++) {
                for (int channel = 0; channel < channels; channel++) {
                    narrowed[target * channels + channel] = sum(target, row, channels, channel) / length;
                }
            }
        }

        private double sum(int target, int[] row, int channels, int channel) {
            int from = first[target];
            int last = end[target] - 1;
            if (last < from) {
                return 0;
            }
            double sum = ofFirst[target] * row[from * channels + channel];
            if (last > from) {
                sum += ofLast[target] * row[last * channels + channel];
            }
            for (int x = from + 1; x < last; x += MOST) {
                int to = Math.min(last - x, MOST) + x;
                sum += channels == 1 ? sum(row, x, to) : sum(row, x * channels + channel, to * channels, channels);
            }
            return sum;
        }

        /** Apart from the next one, as only a step that compilers know is added side by side. */
        private static int sum(int[] row, int from, int to) {
            int sum = 0;
            for (int i = from; i < to; i++) {
                sum += row[i];
            }
            return sum;
        }

        private static int sum(int[] row, int from, int to, int step) {
            int sum = 0;
            for (int i = from; i < to; i += step) {
                sum += row[i];
            }
            return sum;
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
