package dev.hemline.image;

/**
 * How a stored picture has to be turned before people look at it: EXIF's orientations 1 to 8, in order. Cameras store
 * rows as the sensor reads them and note how they were held.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, false, true),
    UPSIDE_DOWN(false, true, true),
    FLIPPED(false, true, false),
    TRANSPOSED(true, false, false),
    QUARTER_TURN_RIGHT(true, true, false),
    TRANSVERSED(true, true, true),
    QUARTER_TURN_LEFT(true, false, true);

    private final boolean swapsAxes;
    private final boolean reversesRows;
    private final boolean reversesColumns;

    Orientation(boolean swapsAxes, boolean reversesRows, boolean reversesColumns) {
        this.swapsAxes = swapsAxes;
        this.reversesRows = reversesRows;
        this.reversesColumns = reversesColumns;
    }

    /** @param number as EXIF has it; upright for any that EXIF does not define */
    static Orientation ofExif(int number) {
        return number < 1 || number > values().length ? UPRIGHT : values()[number - 1];
    }

    /** Whether stored rows are seen as columns. */
    boolean swapsAxes() {
        return swapsAxes;
    }

    /**
     * Where the pixel seen at ({@code y}, {@code x}) is stored.
     *
     * @param rows of the stored picture
     * @param columns of the stored picture
     * @return its index, row after row
     */
    int stored(int y, int x, int rows, int columns) {
        int row = swapsAxes ? x : y;
        int column = swapsAxes ? y : x;
        row = reversesRows ? rows - 1 - row : row;
        column = reversesColumns ? columns - 1 - column : column;
        return row * columns + column;
    }
}
