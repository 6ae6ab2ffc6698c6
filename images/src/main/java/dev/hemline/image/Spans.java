package dev.hemline.image;

/** Which source pixels each target pixel covers along one axis, and how much of each. */
final class Spans {
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
