package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A picture file whose header has been read and whose pixels have not. What is handed to a reader afterwards holds the
 * pixels alone: comments, colour profiles and previews are left out, since readers unpack them without a limit.
 */
interface PictureFile {
    /** Pixels across, as stored. */
    int width();

    /** Pixels down, as stored. */
    int height();

    default Orientation orientation() {
        return Orientation.UPRIGHT;
    }

    /** What {@link #rows} and reading them takes. */
    Cost cost();

    /**
     * What its reader may allocate for the pixels, garbage included. Measured on 12 million pixels: 6 bytes each for JPEG
     * and BMP, 14 for GIF, 17 for lossless WebP.
     */
    default long allocatedBytes() {
        return 48 * pixels();
    }

    /** Width times height. */
    default long pixels() {
        return (long) width() * height();
    }

    /** Decodes the picture, or begins to: some are decoded while their rows are read. */
    PixelRows rows() throws IOException;

    /** @throws IOException if the header says that this is no whole file of {@code format} */
    static PictureFile open(ImageFormat format, byte[] content) throws IOException {
        return switch (format) {
            case PNG -> PngFile.open(content);
            case JPEG -> new JpegSegments(content, OutputStream.nullOutputStream()).read();
            case GIF -> GifFile.open(content);
            case BMP -> BmpFile.open(content);
            case WEBP -> new WebpChunks(content).read();
            case GRAY8, RGB8, UNKNOWN -> throw new IllegalArgumentException(format + " is no format of files");
        };
    }
}
