package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.io.IOException;

/**
 * A WebP: its canvas and the place of its first frame there. Of an animation only that frame is shown.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param pixels the first frame as a file of its own
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record WebpFile(int width, int height, int left, int top, boolean lossless, Orientation orientation, byte[] pixels)
        implements PictureFile {
    /** Measured: 110 to 140 bytes for each of 12 million pixels, most of them garbage at once. */
    @Override
    public long pixelBytes() {
        return (lossless ? 48L : 224L) * width * height;
    }

    @Override
    public PixelRows rows() throws IOException {
        return new CanvasRows(
                ImageRows.of(FileReaders.image(ImageFormat.WEBP, pixels, pixelBytes())), left, top, height, width);
    }
}
