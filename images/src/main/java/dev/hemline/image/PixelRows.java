package dev.hemline.image;

import java.util.List;

/** A decoded picture that is read row by row, so that nobody needs a second copy of a large one. */
interface PixelRows extends AutoCloseable {
    /** 1 (grey) or 3 (red, green, blue). */
    int channels();

    int height();

    int width();

    /** What it is made of, in the order in which it can be read. */
    default List<Pass> passes() {
        return Pass.WHOLE;
    }

    /** Before the first row of a pass that has pixels. */
    default void begin(Pass pass) {}

    /**
     * Reads one row of a pass. Rows may be unpacked as they are read, so each is read once, from the top to the bottom.
     *
     * @param y from 0, at the top
     * @param samples receives the samples of 0 to 255 of the pass's pixels in that row, pixel after pixel, from its beginning
     * @throws java.io.UncheckedIOException if the file turns out to be damaged
     */
    void read(int y, int[] samples);

    @Override
    default void close() {}

    /** Pixels of a grid: every so many columns and rows, from the first ones on. */
    record Pass(int column, int row, int columns, int rows) {
        static final List<Pass> WHOLE = List.of(new Pass(0, 0, 1, 1));

        /** In each of its rows. */
        int pixels(int width) {
            return from(width);
        }

        /** Its first pixel in column x or to the right of it, counted within a row. */
        int from(int x) {
            return x <= column ? 0 : (x - column + columns - 1) / columns;
        }
    }
}
