package dev.hemline.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One coded picture of a WebP, lossy (VP8) or lossless (VP8L), and the size that it states itself. */
record WebpBitstream(boolean lossless, int width, int height, ByteBuffer data) {
    private static final int HEADER_BYTES = 10;
    private static final int LOSSLESS_HEADER_BYTES = 5;
    private static final int LOSSLESS_SIGNATURE = 0x2F;
    private static final int SIZE_BITS = 0x3FFF;

    static WebpBitstream read(boolean lossless, ByteBuffer data) throws IOException {
        ByteBuffer header = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (header.remaining() < (lossless ? LOSSLESS_HEADER_BYTES : HEADER_BYTES)) {
            throw new EOFException();
        }
        if (lossless) {
            if (header.get(0) != LOSSLESS_SIGNATURE) {
                throw new IOException("its picture has no signature");
            }
            int sizes = header.getInt(1);
            return new WebpBitstream(true, 1 + (sizes & SIZE_BITS), 1 + (sizes >> 14 & SIZE_BITS), data);
        }
        int width = header.getShort(6) & SIZE_BITS;
        int height = header.getShort(8) & SIZE_BITS;
        if (width == 0 || height == 0) {
            throw new IOException("its header has no size");
        }
        return new WebpBitstream(false, width, height, data);
    }
}
