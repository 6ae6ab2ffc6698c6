package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A GIF: its canvas and the place of its first frame there. Of an animation only that frame is shown.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param parts where the header, the frame's control and the frame begin and end
 */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record GifFile(int width, int height, int left, int top, int[] parts, byte[] content) implements PictureFile {
    private static final int HEADER_BYTES = 13;
    private static final int EXTENSION = 0x21;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int IMAGE = 0x2C;
    private static final int IMAGE_BYTES = 10;
    private static final byte TRAILER = 0x3B;
    private static final byte NO_BLOCK = 0;

    static GifFile open(byte[] content) throws IOException {
        if (content.length < HEADER_BYTES) {
            throw new EOFException();
        }
        ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int headerEnd = HEADER_BYTES + tableBytes(content[10]);
        int at = headerEnd;
        int controlAt = at;
        int controlEnd = at;
        // Bytes that begin nothing stand between blocks where an empty one too many was written; everybody skips them.
        while (at < content.length && content[at] != IMAGE && content[at] != TRAILER) {
            if (content[at] != EXTENSION) {
                at++;
                continue;
            }
            int end = endOfBlocks(content, at + 2);
            if (at + 1 < content.length && (content[at + 1] & 0xFF) == GRAPHIC_CONTROL) {
                controlAt = at;
                controlEnd = end;
            }
            at = end;
        }
        if (at < content.length && content[at] == TRAILER) {
            throw new IOException("it holds no picture");
        }
        if (content.length - at < IMAGE_BYTES) {
            throw new EOFException();
        }
        // One byte before the data's blocks says how they are packed.
        int end = endOfBlocks(content, at + IMAGE_BYTES + tableBytes(content[at + 9]) + 1);
        return onCanvas(file, at, new int[] {0, headerEnd, controlAt, controlEnd, at, end}, content);
    }

    /** Old files may have a canvas of no size, or one that their frame does not fit on. */
    private static GifFile onCanvas(ByteBuffer file, int image, int[] parts, byte[] content) throws IOException {
        int left = unsigned(file, image + 1);
        int top = unsigned(file, image + 3);
        int width = unsigned(file, image + 5);
        int height = unsigned(file, image + 7);
        if (width == 0 || height == 0) {
            throw new IOException("its header has no size");
        }
        return new GifFile(
                Math.max(left + width, unsigned(file, 6)),
                Math.max(top + height, unsigned(file, 8)),
                left,
                top,
                parts,
                content);
    }

    private static int unsigned(ByteBuffer file, int at) {
        return file.getShort(at) & 0xFFFF;
    }

    /** How long the colour table is that such flags announce. */
    private static int tableBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /** Blocks of up to 255 bytes, each after its length, end with one of no length; or with the file, as everybody allows. */
    private static int endOfBlocks(byte[] content, int from) throws IOException {
        int at = from;
        while (at < content.length) {
            int length = content[at] & 0xFF;
            at += 1 + length;
            if (length == 0) {
                return at;
            }
        }
        if (at > content.length) {
            throw new EOFException();
        }
        return at;
    }

    /** An index a pixel; measured: 8 to 13 ns. */
    @Override
    public Cost cost() {
        return new Cost(2L * content.length + pixels() + 8L * Integer.BYTES * width, 15 * pixels());
    }

    @Override
    public PixelRows rows() throws IOException {
        var file = new ByteArrayOutputStream(content.length);
        for (int i = 0; i < parts.length; i += 2) {
            file.write(content, parts[i], parts[i + 1] - parts[i]);
        }
        file.write(NO_BLOCK);
        file.write(TRAILER);
        BufferedImage frame = FileReaders.image(ImageFormat.GIF, file.toByteArray(), allocatedBytes(), false);
        return new CanvasRows(ImageRows.of(frame), left, top, height, width);
    }
}
