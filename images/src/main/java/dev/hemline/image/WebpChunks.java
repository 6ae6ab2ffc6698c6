package dev.hemline.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks a WebP's chunks once and makes a plain file of the first frame: its bitstream, its alpha, nothing else. Canvas,
 * frame and bitstream each state a size, and a reader believes one of them, so all have to agree.
 */
final class WebpChunks {
    private static final int RIFF_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int ANIMATION_FRAME_BYTES = 16;
    private static final int CANVAS_BYTES = 10;
    private static final int RIFF = 0x46464952;
    private static final int WEBP = 0x50424557;
    private static final int VP8X = 0x58385056;
    private static final int VP8 = 0x20385056;
    private static final int VP8L = 0x4C385056;
    private static final int ALPH = 0x48504C41;
    private static final int ANMF = 0x464D4E41;
    private static final int EXIF = 0x46495845;
    private static final int XMP = 0x20504D58;
    private static final int HAS_ALPHA = 0x10;

    private final ByteBuffer file;
    private @Nullable ByteBuffer canvas;
    private @Nullable ByteBuffer animationFrame;
    private @Nullable ByteBuffer alpha;
    private @Nullable Bitstream picture;
    private final Notes notes = new Notes();

    WebpChunks(byte[] content) {
        file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    WebpFile read() throws IOException {
        // Bytes after the RIFF container's end are no part of it; fewer bytes than it announces are a cut.
        long end = CHUNK_HEADER_BYTES + (file.getInt(4) & 0xFFFFFFFFL);
        if (end > file.limit() || file.limit() < RIFF_HEADER_BYTES) {
            throw new EOFException();
        }
        walk(RIFF_HEADER_BYTES, (int) end);
        Bitstream found = picture;
        if (found == null) {
            throw new IOException("it holds no picture");
        }
        int left = animationFrame == null ? 0 : 2 * uint24(animationFrame, 0);
        int top = animationFrame == null ? 0 : 2 * uint24(animationFrame, 3);
        if (animationFrame != null) {
            requireSize(found, 1 + uint24(animationFrame, 6), 1 + uint24(animationFrame, 9));
        }
        if (canvas == null) {
            return new WebpFile(found.width(), found.height(), 0, 0, found.lossless(), notes.orientation(), this);
        }
        int width = 1 + uint24(canvas, 4);
        int height = 1 + uint24(canvas, 7);
        if (animationFrame == null) {
            requireSize(found, width, height);
        } else if (left + found.width() > width || top + found.height() > height) {
            throw new IOException("its frame does not fit on its canvas");
        }
        return new WebpFile(width, height, left, top, found.lossless(), notes.orientation(), this);
    }

    private void walk(int from, int end) throws IOException {
        int at = from;
        while (end - at >= CHUNK_HEADER_BYTES) {
            int name = file.getInt(at);
            int length = file.getInt(at + 4);
            int data = at + CHUNK_HEADER_BYTES;
            if (length < 0 || length > end - data) {
                throw new EOFException();
            }
            chunk(name, file.slice(data, length).order(ByteOrder.LITTLE_ENDIAN), data);
            // Chunks begin at even bytes.
            at = data + length + (length & 1);
        }
    }

    private void chunk(int name, ByteBuffer data, int at) throws IOException {
        if (name == VP8X && data.remaining() == CANVAS_BYTES) {
            canvas = data;
        } else if (name == ANMF && animationFrame == null && picture == null) {
            if (data.remaining() < ANIMATION_FRAME_BYTES) {
                throw new EOFException();
            }
            animationFrame = data;
            walk(at + ANIMATION_FRAME_BYTES, at + data.remaining());
        } else if (name == EXIF) {
            notes.exif(data);
        } else if (name == XMP) {
            notes.xmp(data);
        } else if (name == ALPH && picture == null) {
            alpha = data;
        } else if ((name == VP8 || name == VP8L) && picture == null) {
            picture = Bitstream.read(name == VP8L, data);
        }
    }

    private static void requireSize(Bitstream picture, int width, int height) throws IOException {
        if (picture.width() != width || picture.height() != height) {
            throw new IOException("it says " + width + " x " + height + " pixels and holds " + picture.width() + " x "
                    + picture.height());
        }
    }

    private static int uint24(ByteBuffer data, int at) {
        return (data.getShort(at) & 0xFFFF) | (data.get(at + 2) & 0xFF) << 16;
    }

    /** Of the whole file. */
    int bytes() {
        return file.limit();
    }

    /** The first frame as a file of its own, once {@link #read} has found it. */
    byte[] plain() {
        Bitstream found = Objects.requireNonNull(picture);
        ByteBuffer opacity = found.lossless() ? null : alpha;
        int bytes = RIFF_HEADER_BYTES + framed(found.data());
        if (opacity != null) {
            bytes += CHUNK_HEADER_BYTES + CANVAS_BYTES + framed(opacity);
        }
        ByteBuffer plain = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        plain.putInt(RIFF).putInt(bytes - CHUNK_HEADER_BYTES).putInt(WEBP);
        if (opacity != null) {
            plain.putInt(VP8X).putInt(CANVAS_BYTES).putInt(HAS_ALPHA);
            put24(plain, found.width() - 1);
            put24(plain, found.height() - 1);
            put(plain, ALPH, opacity);
        }
        put(plain, found.lossless() ? VP8L : VP8, found.data());
        return plain.array();
    }

    private static int framed(ByteBuffer data) {
        return CHUNK_HEADER_BYTES + data.remaining() + (data.remaining() & 1);
    }

    private static void put24(ByteBuffer target, int value) {
        target.putShort((short) value).put((byte) (value >> 16));
    }

    private static void put(ByteBuffer target, int name, ByteBuffer data) {
        target.putInt(name).putInt(data.remaining()).put(data.duplicate());
        if ((data.remaining() & 1) == 1) {
            target.put((byte) 0);
        }
    }

    /** One coded picture of a WebP, lossy (VP8) or lossless (VP8L), and the size that it states itself. */
    private record Bitstream(boolean lossless, int width, int height, ByteBuffer data) {
        private static final int HEADER_BYTES = 10;
        private static final int LOSSLESS_HEADER_BYTES = 5;
        private static final int LOSSLESS_SIGNATURE = 0x2F;
        private static final int SIZE_BITS = 0x3FFF;

        static Bitstream read(boolean lossless, ByteBuffer data) throws IOException {
            ByteBuffer header = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            if (header.remaining() < (lossless ? LOSSLESS_HEADER_BYTES : HEADER_BYTES)) {
                throw new EOFException();
            }
            if (lossless) {
                if (header.get(0) != LOSSLESS_SIGNATURE) {
                    throw new IOException("its picture has no signature");
                }
                int sizes = header.getInt(1);
                return new Bitstream(true, 1 + (sizes & SIZE_BITS), 1 + (sizes >> 14 & SIZE_BITS), data);
            }
            int width = header.getShort(6) & SIZE_BITS;
            int height = header.getShort(8) & SIZE_BITS;
            if (width == 0 || height == 0) {
                throw new IOException("its header has no size");
            }
            return new Bitstream(false, width, height, data);
        }
    }
}
