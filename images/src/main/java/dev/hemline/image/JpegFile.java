package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A JPEG: what its segments say.
 *
 * @param inPasses whether the picture is complete only after several scans, so that its coefficients are kept until then
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record JpegFile(
        int width,
        int height,
        int components,
        boolean inPasses,
        int scans,
        Orientation orientation,
        int adobeTransform,
        byte[] content)
        implements PictureFile {
    /** What an APP14 segment would say; this one says that there is none. */
    static final int NOT_BY_ADOBE = -1;

    private static final int ADOBE_YCCK = 2;
    private static final int INKS = 4;

    /**
     * The picture, and its coefficients, 16 bits each, where it comes in passes. Measured: 3 to 5 ns a sample, and 2
     * for each scan, since the reader puts the picture together after each; 12 for each byte that is unpacked.
     */
    @Override
    public Cost cost() {
        long samples = components * pixels();
        // The least part of a picture has up to 32 x 32 pixels.
        long coefficients = inPasses ? components * (width + 31L & ~31) * (height + 31L & ~31) : 0;
        return new Cost(
                2L * content.length + samples + Short.BYTES * coefficients,
                5 * samples + (inPasses ? 9L * scans * samples / 4 : 0) + 12L * content.length);
    }

    @Override
    public PixelRows rows() throws IOException {
        var segments = new ByteArrayOutputStream(content.length);
        new JpegSegments(content, segments).read();
        byte[] pixels = segments.toByteArray();
        if (components == INKS) {
            Raster inks = FileReaders.raster(ImageFormat.JPEG, pixels, allocatedBytes());
            return new CmykRows(inks, adobeTransform == ADOBE_YCCK, adobeTransform != NOT_BY_ADOBE);
        }
        return ImageRows.of(FileReaders.image(ImageFormat.JPEG, pixels, allocatedBytes()));
    }
}
