package dev.hemline.image;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A PNG: what its header says, its colours and its orientation; of its chunks those that hold the picture, their checksums
 * proven.
 *
 * @param colours as its header numbers them: 2 stands for colour, 4 for alpha, 3 for a palette
 * @param palette of a type that has one, as {@code 0xRRGGBB} on white
 * @param clear the samples of the one colour that is transparent, or nothing
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record PngFile(
        int width,
        int height,
        int bits,
        int colours,
        boolean interlaced,
        int[] palette,
        int[] clear,
        Orientation orientation,
        byte[] content)
        implements PictureFile {
    static final int PALETTE = 3;

    private static final int SIGNATURE_BYTES = 8;
    private static final int HEADER_BYTES = 13;
    /** Length and name before a chunk's data, checksum after it. */
    private static final int FRAME_BYTES = 12;

    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int TRNS = 0x74524E53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;
    private static final int EXIF = 0x65584966;
    private static final int TEXT = 0x74455874;
    private static final int ZTXT = 0x7A545874;
    private static final int ITXT = 0x69545874;
    private static final int CGBI = 0x43674249;

    /** Samples of a pixel as stored, by type of colours; types that are not defined have none. */
    private static final int[] SAMPLES = {1, 0, 3, 1, 2, 0, 4};
    /** Bits a sample, by type of colours, as a set of powers of two. */
    private static final int[] BITS = {1 | 2 | 4 | 8 | 16, 0, 8 | 16, 1 | 2 | 4 | 8, 8 | 16, 0, 8 | 16};

    static PngFile open(byte[] content) throws IOException {
        ByteBuffer header = null;
        ByteBuffer palette = ByteBuffer.allocate(0);
        ByteBuffer clear = palette;
        var notes = new Notes();
        boolean hasPixels = false;
        for (Chunk chunk = Chunk.at(SIGNATURE_BYTES, content); chunk != null; chunk = chunk.next(hasPixels)) {
            if (chunk.name == CGBI) {
                throw new UnsupportedPictureException("The PNG is of Apple's own kind (CgBI), as Xcode packs them into"
                        + " apps; send the original, or undo it with: xcrun pngcrush -revert-iphone-optimizations");
            }
            if ((chunk.name == IHDR) != (header == null)) {
                throw new IOException("its header is missing or there twice");
            }
            switch (chunk.name) {
                case IHDR -> header = chunk.proven();
                case PLTE -> palette = chunk.proven();
                case TRNS -> clear = chunk.proven();
                case EXIF -> notes.exif(chunk.data());
                case TEXT, ZTXT, ITXT -> notes.text(chunk.name == ZTXT, chunk.name == ITXT, chunk.data());
                case IDAT -> {
                    chunk.proven();
                    hasPixels = true;
                }
                default -> {}
            }
        }
        if (header == null || !hasPixels) {
            throw new EOFException();
        }
        return of(header, palette, clear, notes.orientation(), content);
    }

    private static PngFile of(
            ByteBuffer header, ByteBuffer palette, ByteBuffer clear, Orientation orientation, byte[] content)
            throws IOException {
        if (header.remaining() != HEADER_BYTES || header.getInt(0) < 1 || header.getInt(4) < 1) {
            throw new IOException("its header has no size");
        }
        int bits = header.get(8);
        int colours = header.get(9);
        if (colours < 0 || colours >= BITS.length || Integer.bitCount(bits) != 1 || (BITS[colours] & bits) == 0) {
            throw new IOException("it has " + bits + " bits a sample, and colours of type " + colours);
        }
        if (header.get(10) != 0 || header.get(11) != 0 || header.get(12) < 0 || header.get(12) > 1) {
            throw new IOException("its pixels are packed in a way that is not known");
        }
        return new PngFile(
                header.getInt(0),
                header.getInt(4),
                bits,
                colours,
                header.get(12) == 1,
                colours == PALETTE ? onWhite(palette, clear) : new int[0],
                clearSamples(colours, bits, clear),
                orientation,
                content);
    }

    /** Indexes beyond the palette's end, as damaged files have, are white. */
    private static int[] onWhite(ByteBuffer palette, ByteBuffer alphas) throws IOException {
        int[] table = new int[256];
        if (palette.remaining() == 0 || palette.remaining() > 3 * table.length) {
            throw new IOException("its palette has " + palette.remaining() / 3 + " colours");
        }
        Arrays.fill(table, 0xFFFFFF);
        for (int i = 0; i < palette.remaining() / 3; i++) {
            int alpha = i < alphas.remaining() ? alphas.get(i) & 0xFF : 255;
            table[i] = ImageRows.onWhite(palette.get(3 * i) & 0xFF, alpha) << 16
                    | ImageRows.onWhite(palette.get(3 * i + 1) & 0xFF, alpha) << 8
                    | ImageRows.onWhite(palette.get(3 * i + 2) & 0xFF, alpha);
        }
        return table;
    }

    private static int[] clearSamples(int colours, int bits, ByteBuffer clear) {
        if (colours == PALETTE || colours > PALETTE || clear.remaining() < 2 * SAMPLES[colours]) {
            return new int[0];
        }
        int[] samples = new int[SAMPLES[colours]];
        Arrays.setAll(samples, i -> clear.getShort(2 * i) & ((1 << bits) - 1));
        return samples;
    }

    /** Samples of a pixel as stored, alpha included. */
    int samples() {
        return SAMPLES[colours];
    }

    /** One row of so many pixels, without the byte before it that names its filter. */
    int rowBytes(int pixels) {
        return (int) (((long) pixels * samples() * bits + 7) / 8);
    }

    /** The packed pixels of all chunks, one after the other. */
    byte[] packed() throws IOException {
        var packed = new ByteArrayOutputStream(content.length);
        for (Chunk chunk = Chunk.at(SIGNATURE_BYTES, content); chunk != null; chunk = chunk.next(true)) {
            if (chunk.name == IDAT) {
                packed.write(content, chunk.start, chunk.length);
            }
        }
        return packed.toByteArray();
    }

    /** Measured on noise under the slowest filter: 9 ns a byte of its rows, 3 a pixel, and 500 for each row of a pass. */
    @Override
    public Cost cost() {
        return new Cost(
                2L * content.length + 2L * rowBytes(width),
                10L * rowBytes(width) * height + 3 * pixels() + (interlaced ? 1_000L * height : 0));
    }

    @Override
    public PixelRows rows() throws IOException {
        return new PngRows(this);
    }

    /** @param start of its data */
    private record Chunk(int name, int start, int length, byte[] content) {
        static Chunk at(int at, byte[] content) throws IOException {
            ByteBuffer file = ByteBuffer.wrap(content);
            if (content.length - at < FRAME_BYTES) {
                throw new EOFException();
            }
            int length = file.getInt(at);
            if (length < 0 || length > content.length - at - FRAME_BYTES) {
                throw new EOFException();
            }
            return new Chunk(file.getInt(at + 4), at + 8, length, content);
        }

        /** Programs forget the end or spoil it: once there are pixels, whether those are whole is all that counts. */
        @Nullable
        Chunk next(boolean hasPixels) throws IOException {
            if (name == IEND) {
                return null;
            }
            try {
                return at(start + length + 4, content);
            } catch (EOFException e) {
                if (hasPixels) {
                    return null;
                }
                throw e;
            }
        }

        ByteBuffer data() {
            return ByteBuffer.wrap(content, start, length).slice();
        }

        ByteBuffer proven() throws IOException {
            var checksum = new CRC32();
            checksum.update(content, start - 4, 4 + length);
            if ((int) checksum.getValue() != ByteBuffer.wrap(content).getInt(start + length)) {
                throw new IOException("a checksum does not match");
            }
            return data();
        }
    }
}
