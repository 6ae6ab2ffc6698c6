package dev.hemline.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A BMP: where its header, of which there are a dozen kinds, says that the pixels are and what they mean. They are read where
 * they lie.
 *
 * @param bits of a pixel
 * @param compression as headers number them
 * @param palette as {@code 0xRRGGBB}, of up to 8 bits a pixel
 * @param masks of red, green, blue and alpha in a pixel of 16 or 32 bits
 * @param start of the pixels
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record BmpFile(
        int width,
        int height,
        boolean topDown,
        int bits,
        int compression,
        int[] palette,
        int[] masks,
        int start,
        byte[] content)
        implements PictureFile {
    static final int RLE8 = 1;
    static final int RLE4 = 2;

    private static final int UNCOMPRESSED = 0;
    private static final int BIT_FIELDS = 3;
    private static final int ALPHA_BIT_FIELDS = 6;

    private static final int FILE_HEADER_BYTES = 14;
    /** Of Windows 2 and OS/2 1, with colours of three bytes. */
    private static final int OLD_HEADER_BYTES = 12;
    /** Of OS/2 2; it may be cut off after the bits of a pixel, and whatever is missing is nought. */
    private static final int LEAST_HEADER_BYTES = 16;

    private static final int OS2_HEADER_BYTES = 64;
    /** Where masks are, within a longer header or after it. */
    private static final int MASKS = 54;

    private static final int WITH_ALPHA_BYTES = 56;

    static BmpFile open(byte[] content) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (content.length < FILE_HEADER_BYTES + OLD_HEADER_BYTES) {
            throw new EOFException();
        }
        int header = file.getInt(14);
        if ((header != OLD_HEADER_BYTES && header < LEAST_HEADER_BYTES)
                || header > content.length - FILE_HEADER_BYTES) {
            throw new IOException("its header is " + Integer.toUnsignedString(header) + " bytes long");
        }
        boolean old = header == OLD_HEADER_BYTES;
        int width = old ? file.getShort(18) & 0xFFFF : file.getInt(18);
        int height = old ? file.getShort(20) & 0xFFFF : file.getInt(22);
        int bits = file.getShort(old ? 24 : 28);
        int compression = header < 20 ? UNCOMPRESSED : file.getInt(30);
        if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
            throw new IOException("its header has no size");
        }
        requireKnown(bits, compression, header == OS2_HEADER_BYTES);
        boolean masked = compression >= BIT_FIELDS;
        int afterHeader = FILE_HEADER_BYTES + header;
        if (masked && header < WITH_ALPHA_BYTES - 4) {
            afterHeader = MASKS + (compression == BIT_FIELDS ? 12 : 16);
        }
        if (afterHeader > content.length) {
            throw new EOFException();
        }
        int colour = old ? 3 : 4;
        int colours = header < 36 ? 0 : file.getInt(46);
        int most = bits > 8 ? 0 : 1 << bits;
        colours = colours > 0 && colours < most ? colours : most;
        int said = file.getInt(10);
        int start = said >= afterHeader && said <= content.length ? said : afterHeader + colours * colour;
        int[] palette = palette(file, afterHeader, Math.min(colours, (start - afterHeader) / colour), colour, most);
        int[] masks = masked ? masks(file, header, compression) : usualMasks(bits);
        // Rows from top to bottom have a negative height.
        var found = new BmpFile(width, Math.abs(height), height < 0, bits, compression, palette, masks, start, content);
        if (!found.isPacked()
                && found.rowBytes() * (found.height - 1L) + (width * (long) bits + 7) / 8 > content.length - start) {
            throw new EOFException();
        }
        return found;
    }

    private static void requireKnown(int bits, int compression, boolean os2) throws IOException {
        if (compression < UNCOMPRESSED
                || (compression > BIT_FIELDS && compression != ALPHA_BIT_FIELDS)
                || (os2 && compression >= BIT_FIELDS)) {
            throw new UnsupportedPictureException(
                    "The BMP holds a picture of another format or of printing inks; send the picture itself");
        }
        boolean known = switch (compression) {
            case RLE8 -> bits == 8;
            case RLE4 -> bits == 4;
            case UNCOMPRESSED -> bits == 1 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
            default -> bits == 16 || bits == 24 || bits == 32;
        };
        if (!known) {
            throw new IOException("it has " + bits + " bits a pixel");
        }
    }

    /** Of damaged files, which have fewer colours than they say, the others are black. */
    private static int[] palette(ByteBuffer file, int from, int colours, int colourBytes, int size) throws IOException {
        if (from + colours * colourBytes > file.limit()) {
            throw new EOFException();
        }
        int[] palette = new int[size];
        for (int i = 0; i < colours; i++) {
            int at = from + i * colourBytes;
            palette[i] = (file.get(at + 2) & 0xFF) << 16 | (file.get(at + 1) & 0xFF) << 8 | (file.get(at) & 0xFF);
        }
        return palette;
    }

    private static int[] masks(ByteBuffer file, int header, int compression) {
        boolean alpha = header >= WITH_ALPHA_BYTES || compression == ALPHA_BIT_FIELDS;
        return new int[] {
            file.getInt(MASKS), file.getInt(MASKS + 4), file.getInt(MASKS + 8), alpha ? file.getInt(MASKS + 12) : 0
        };
    }

    /** Without masks of its own no pixel has alpha, whatever a header says of masks. */
    private static int[] usualMasks(int bits) {
        return bits == 16 ? new int[] {0x7C00, 0x3E0, 0x1F, 0} : new int[] {0xFF0000, 0xFF00, 0xFF, 0};
    }

    boolean isPacked() {
        return compression == RLE8 || compression == RLE4;
    }

    /** From the beginning of a row to that of the next: rows begin at every fourth byte. */
    long rowBytes() {
        return ((long) width * bits + 31) / 32 * 4;
    }

    /** Runs are unpacked to a byte a pixel. Measured: 2 to 4 ns a pixel, and up to 20 with masks. */
    @Override
    public Cost cost() {
        return new Cost(isPacked() ? pixels() : 0, (bits == 16 || bits == 32 ? 20 : 5) * pixels());
    }

    @Override
    public PixelRows rows() throws IOException {
        return BmpRows.of(this);
    }

    /** The indexes of a packed picture's pixels, a byte each, the bottom row first. */
    byte[] unpacked() throws IOException {
        byte[] indexes = new byte[width * height];
        int x = 0;
        int y = 0;
        int at = start;
        while (y < height) {
            int count = next(at);
            int value = next(at + 1);
            at += 2;
            if (count > 0) {
                for (int i = 0; i < count && x < width; i++) {
                    indexes[y * width + x++] = (byte) index(value, i);
                }
            } else if (value == 0) {
                x = 0;
                y++;
            } else if (value == 1) {
                break;
            } else if (value == 2) {
                x = Math.min(width, x + next(at));
                y += next(at + 1);
                at += 2;
            } else {
                int perByte = compression == RLE4 ? 2 : 1;
                for (int i = 0; i < value; i++) {
                    int index = index(next(at + i / perByte), i);
                    if (x < width) {
                        indexes[y * width + x++] = (byte) index;
                    }
                }
                int bytes = (value + perByte - 1) / perByte;
                at += bytes + (bytes & 1);
            }
        }
        return indexes;
    }

    private int next(int at) throws IOException {
        if (at >= content.length) {
            throw new EOFException();
        }
        return content[at] & 0xFF;
    }

    /** @param i how many pixels after a byte's first one: its upper half, then the lower one, in turn */
    private int index(int value, int i) {
        return compression == RLE8 ? value : (i & 1) == 0 ? value >> 4 : value & 0xF;
    }
}
