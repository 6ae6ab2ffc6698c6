package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A JPEG: what its segments say.
 *
 * @param rgb whether its three colours are stored as such; else as brightness and two differences
 * @param whole whether the end is marked; where it is not, the last pixel tells
 * @param inPasses whether the picture is complete only after several scans, so that its coefficients are kept until then
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record JpegFile(
        int width,
        int height,
        int components,
        boolean rgb,
        boolean inPasses,
        int scans,
        boolean whole,
        Orientation orientation,
        int adobeTransform,
        byte[] content)
        implements PictureFile {
    /** What an APP14 segment would say; this one says that there is none. */
    static final int NOT_BY_ADOBE = -1;

    private static final int ADOBE_YCCK = 2;
    private static final byte[] START = {-1, (byte) 0xD8};
    private static final byte[] END = {-1, (byte) 0xD9};
    /** Up to its last byte, the transform. */
    private static final byte[] ADOBE = {-1, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0};
    /** Readers guess the colours of files without any mark, each in its own way. */
    private static final byte[] JFIF = {-1, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

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
        segments.writeBytes(START);
        if (components == INKS ? adobeTransform != NOT_BY_ADOBE : rgb) {
            segments.writeBytes(ADOBE);
            segments.write(components == INKS ? adobeTransform : 0);
        } else if (components != INKS) {
            segments.writeBytes(JFIF);
        }
        new JpegSegments(content, segments).read();
        segments.writeBytes(END);
        byte[] pixels = segments.toByteArray();
        if (components == INKS) {
            Raster inks = FileReaders.raster(ImageFormat.JPEG, pixels, allocatedBytes(), !whole);
            return new CmykRows(inks, adobeTransform == ADOBE_YCCK);
        }
        return ImageRows.of(FileReaders.image(ImageFormat.JPEG, pixels, allocatedBytes(), !whole));
    }
}
