package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** A PNG: its size, its orientation, and of its chunks those that hold the picture, their checksums proven. */
@SuppressWarnings("ArrayRecordComponent") // passed along, never compared
record PngFile(int width, int height, Orientation orientation, byte[] pixels) implements PictureFile {
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

    static PngFile open(byte[] content) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(content);
        var pixels = new ByteArrayOutputStream(content.length);
        pixels.write(content, 0, SIGNATURE_BYTES);
        int width = 0;
        int height = 0;
        Orientation orientation = Orientation.UPRIGHT;
        int chunk = 0;
        for (int at = SIGNATURE_BYTES; chunk != IEND; at += FRAME_BYTES + file.getInt(at)) {
            int length = lengthOfWholeChunk(file, at);
            chunk = file.getInt(at + 4);
            if ((chunk == IHDR) != (at == SIGNATURE_BYTES)) {
                throw new IOException("its header is missing or there twice");
            }
            switch (chunk) {
                case IHDR -> {
                    requireLength(length == HEADER_BYTES);
                    width = file.getInt(at + 8);
                    height = file.getInt(at + 12);
                }
                case EXIF -> orientation = Exif.orientation(file.slice(at + 8, length));
                default -> {}
            }
            if (chunk == IHDR || chunk == PLTE || chunk == TRNS || chunk == IDAT || chunk == IEND) {
                requireChecksum(content, at, length);
                pixels.write(content, at, FRAME_BYTES + length);
            }
        }
        requireLength(width > 0 && height > 0);
        return new PngFile(width, height, orientation, pixels.toByteArray());
    }

    private static int lengthOfWholeChunk(ByteBuffer file, int at) throws IOException {
        if (at < 0 || file.limit() - at < FRAME_BYTES) {
            throw new EOFException();
        }
        int length = file.getInt(at);
        if (length < 0 || length > file.limit() - at - FRAME_BYTES) {
            throw new EOFException();
        }
        return length;
    }

    private static void requireLength(boolean fits) throws IOException {
        if (!fits) {
            throw new IOException("its header has no size");
        }
    }

    private static void requireChecksum(byte[] content, int at, int length) throws IOException {
        var checksum = new CRC32();
        checksum.update(content, at + 4, 4 + length);
        if ((int) checksum.getValue() != ByteBuffer.wrap(content).getInt(at + 8 + length)) {
            throw new IOException("a checksum does not match");
        }
    }

    @Override
    public PixelRows rows() throws IOException {
        return ImageRows.of(FileReaders.image(ImageFormat.PNG, pixels, pixelBytes()));
    }
}
