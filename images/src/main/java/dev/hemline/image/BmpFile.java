package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A BMP whose header holds no lengths that the file does not have. */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record BmpFile(int width, int height, byte[] pixels) implements PictureFile {
    private static final int FILE_HEADER_BYTES = 14;
    private static final int OLD_HEADER_BYTES = 12;
    private static final int HEADER_BYTES = 40;
    private static final int WITH_COLOUR_SPACE_BYTES = 108;
    private static final int COLOUR_SPACE = FILE_HEADER_BYTES + 56;
    private static final int S_RGB = 0x73524742;
    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;

    static BmpFile open(byte[] content) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < FILE_HEADER_BYTES + OLD_HEADER_BYTES) {
            throw new EOFException();
        }
        int header = file.getInt(14);
        if (header == OLD_HEADER_BYTES) {
            return checked(
                    content, header, file.getShort(18) & 0xFFFF, file.getShort(20) & 0xFFFF, file.getShort(24), 0);
        }
        if (header < HEADER_BYTES || header > content.length - FILE_HEADER_BYTES) {
            throw new IOException("its header is " + Integer.toUnsignedString(header) + " bytes long");
        }
        requirePalette(file.getInt(46), file.getShort(28), content.length);
        if (header >= WITH_COLOUR_SPACE_BYTES) {
            // Profiles are left aside, as everywhere; the reader knows only some of them.
            file.putInt(COLOUR_SPACE, S_RGB);
        }
        // Rows from top to bottom have a negative height.
        return checked(content, header, file.getInt(18), Math.abs(file.getInt(22)), file.getShort(28), file.getInt(30));
    }

    private static void requirePalette(int colours, int bits, int fileBytes) throws IOException {
        if (colours < 0 || colours > (bits <= 8 ? 256 : fileBytes / 4)) {
            throw new IOException("its palette has " + Integer.toUnsignedString(colours) + " colours");
        }
    }

    private static BmpFile checked(byte[] content, int header, int width, int height, int bits, int compression)
            throws IOException {
        if (width < 1 || height < 1) {
            throw new IOException("its header has no size");
        }
        if (compression < UNCOMPRESSED || compression > BIT_FIELDS) {
            throw new UnsupportedPictureException(
                    "The BMP holds a picture of another format or of printing inks; send the picture itself");
        }
        if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32) {
            throw new IOException("it has " + bits + " bits a pixel");
        }
        int offset = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(10);
        if (offset < FILE_HEADER_BYTES + header || offset > content.length) {
            throw new IOException("its pixels are not where its header says");
        }
        long rowBytes = ((long) width * bits + 31) / 32 * 4;
        boolean fixedSize = compression == UNCOMPRESSED || compression == BIT_FIELDS;
        if (fixedSize && rowBytes * height > content.length - offset) {
            throw new EOFException();
        }
        return new BmpFile(width, height, content);
    }

    @Override
    public PixelRows rows() throws IOException {
        return ImageRows.of(FileReaders.image(ImageFormat.BMP, pixels, pixelBytes()));
    }
}
