package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.io.IOException;

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

    /**
     * What its reader may allocate for the pixels, garbage included. Measured on 12 million pixels: 6 bytes each for JPEG
     * and BMP, 14 for GIF, 15 for PNG, 24 for one of 16 bits with alpha, 17 for lossless WebP.
     */
    default long pixelBytes() {
        return 48L * width() * height();
    }

    /** Decodes the picture. */
    PixelRows rows() throws IOException;

    /** @throws IOException if the header says that this is no whole file of {@code format} */
    static PictureFile open(ImageFormat format, byte[] content) throws IOException {
        return switch (format) {
            case PNG -> PngFile.open(content);
            case JPEG -> new JpegSegments(content).read();
            case GIF -> GifFile.open(content);
            case BMP -> BmpFile.open(content);
            case WEBP -> new WebpChunks(content).read();
            case GRAY8, RGB8, UNKNOWN -> throw new IllegalArgumentException(format + " is no format of files");
        };
    }
}
