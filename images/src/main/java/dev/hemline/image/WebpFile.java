package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.io.IOException;

/**
 * A WebP: its canvas and the place of its first frame there. Of an animation only that frame is shown.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param chunks where the first frame is
 */
record WebpFile(int width, int height, int left, int top, boolean lossless, Orientation orientation, WebpChunks chunks)
        implements PictureFile {
    /** Measured: 110 to 140 bytes for each of 12 million pixels, most of them garbage at once. */
    @Override
    public long allocatedBytes() {
        return (lossless ? 48 : 224) * pixels();
    }

    /** Measured: 30 to 35 bytes a pixel, most of them objects for blocks and tables; 87 ns where lossy, 115 to 120 where not. */
    @Override
    public Cost cost() {
        return new Cost(2L * chunks.bytes() + 36 * pixels(), (lossless ? 125 : 95) * pixels());
    }

    @Override
    public PixelRows rows() throws IOException {
        var frame = FileReaders.image(ImageFormat.WEBP, chunks.plain(), allocatedBytes(), false);
        return new CanvasRows(ImageRows.of(frame), left, top, height, width);
    }
}
