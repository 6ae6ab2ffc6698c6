package dev.hemline.image;

/** A decoded picture that is read row by row, so that nobody needs a second copy of a large one. */
interface PixelRows {
    /** 1 (grey) or 3 (red, green, blue). */
    int channels();

    int height();

    int width();

    /**
     * Reads one row.
     *
     * @param y from 0, at the top
     * @param samples receives width × channels samples of 0 to 255, pixel after pixel, from its beginning
     */
    void read(int y, int[] samples);
}
