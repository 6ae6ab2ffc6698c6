package dev.hemline.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a JPEG's start-of-frame segment says. */
record JpegFrame(int width, int height, int components) {
    private static final int PROGRESSIVE = 0xC2;
    private static final int HEADER_BYTES = 6;

    /**
     * @param marker the segment's second byte, which says how the picture is coded
     * @param segment from its first byte after the length
     */
    static JpegFrame read(int marker, ByteBuffer segment) throws IOException {
        if (segment.remaining() < HEADER_BYTES) {
            throw new IOException("its frame header is cut short");
        }
        int bits = segment.get(0);
        if (marker > PROGRESSIVE || bits != 8) {
            throw new UnsupportedPictureException("The JPEG is lossless, hierarchical, arithmetically coded or has "
                    + bits + " bits a sample; save it as a usual one, baseline or progressive with 8 bits");
        }
        int height = segment.getShort(1) & 0xFFFF;
        int width = segment.getShort(3) & 0xFFFF;
        int components = segment.get(5);
        if (width == 0 || height == 0) {
            throw new IOException("its header has no size");
        }
        if (components != 1 && components != 3 && components != 4) {
            throw new UnsupportedPictureException(
                    "The JPEG has " + components + " colour components; save it as grey (1), colour (3) or CMYK (4)");
        }
        return new JpegFrame(width, height, components);
    }
}
