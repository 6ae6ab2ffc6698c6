package dev.hemline.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the orientation in EXIF data, which is a small TIFF file. What cannot be understood counts as upright: a picture
 * is not refused for the notes beside it.
 */
final class Exif {
    private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};
    private static final int LITTLE_ENDIAN = 0x4949;
    private static final int BIG_ENDIAN = 0x4D4D;
    private static final int TIFF = 42;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {}

    /** Whether a JPEG segment's or a WebP chunk's content begins as EXIF data in a picture does. */
    static boolean hasPrefix(ByteBuffer segment) {
        return segment.remaining() >= PREFIX.length
                && segment.slice(segment.position(), PREFIX.length).equals(ByteBuffer.wrap(PREFIX));
    }

    /** @param data with or without {@code Exif 00 00} before it */
    static Orientation orientation(ByteBuffer data) {
        ByteBuffer tiff = (hasPrefix(data)
                        ? data.slice(data.position() + PREFIX.length, data.remaining() - PREFIX.length)
                        : data.slice())
                .order(ByteOrder.BIG_ENDIAN);
        if (tiff.remaining() < HEADER_BYTES) {
            return Orientation.UPRIGHT;
        }
        int order = tiff.getShort(0);
        if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
            return Orientation.UPRIGHT;
        }
        tiff.order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return tiff.getShort(2) == TIFF ? inDirectory(tiff, tiff.getInt(4)) : Orientation.UPRIGHT;
    }

    private static Orientation inDirectory(ByteBuffer tiff, int at) {
        if (at < HEADER_BYTES || at > tiff.limit() - 2) {
            return Orientation.UPRIGHT;
        }
        int entries = tiff.getShort(at) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = at + 2 + i * ENTRY_BYTES;
            if (entry > tiff.limit() - ENTRY_BYTES) {
                break;
            }
            if (tiff.getShort(entry) == ORIENTATION && tiff.getShort(entry + 2) == SHORT) {
                return Orientation.ofExif(tiff.getShort(entry + 8));
            }
        }
        return Orientation.UPRIGHT;
    }
}
