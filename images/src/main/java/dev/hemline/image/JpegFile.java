package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.awt.image.Raster;
import java.io.IOException;

/** A JPEG: its size, its orientation, and of its segments those that hold the picture. */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record JpegFile(int width, int height, int components, Orientation orientation, int adobeTransform, byte[] pixels)
        implements PictureFile {
    /** What an APP14 segment would say; this one says that there is none. */
    static final int NOT_BY_ADOBE = -1;

    private static final int ADOBE_YCCK = 2;
    private static final int INKS = 4;

    @Override
    public PixelRows rows() throws IOException {
        if (components == INKS) {
            Raster inks = FileReaders.raster(ImageFormat.JPEG, pixels, pixelBytes());
            return new CmykRows(inks, adobeTransform == ADOBE_YCCK, adobeTransform != NOT_BY_ADOBE);
        }
        return ImageRows.of(FileReaders.image(ImageFormat.JPEG, pixels, pixelBytes()));
    }
}
