package dev.hemline.image;

/** A decoded picture that is read row by row, so that nobody needs a second copy of a large one. */
interface PixelRows extends AutoCloseable {
    /** 1 (grey) or 3 (red, green, blue). */
    int channels();

    int height();

    int width();

    /**
     * Reads one row. Rows may be unpacked as they are read, so each is read once, from the top to the bottom.
     *
     * @param y from 0, at the top
     * @param samples receives width × channels samples of 0 to 255, pixel after pixel, from its beginning
     * @throws java.io.UncheckedIOException if the file turns out to be damaged
     */
    void read(int y, int[] samples);

    @Override
    default void close() {}
}
