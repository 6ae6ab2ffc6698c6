package dev.hemline.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Finds the orientation in EXIF data, which is a small TIFF file; null where there is none that can be understood. */
final class Exif {
    private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};
    private static final int LITTLE_ENDIAN = 0x4949;
    private static final int BIG_ENDIAN = 0x4D4D;
    private static final int TIFF = 42;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    /** Not as the standard has it, but as some programs write it. */
    private static final int LONG = 4;

    private static final int SIGNED_SHORT = 8;
    private static final int SIGNED_LONG = 9;

    private Exif() {}

    /** Whether a JPEG segment's or a WebP chunk's content begins as EXIF data in a picture does. */
    static boolean hasPrefix(ByteBuffer segment) {
        return segment.remaining() >= PREFIX.length
                && segment.slice(segment.position(), PREFIX.length).equals(ByteBuffer.wrap(PREFIX));
    }

    /** @param data with or without {@code Exif 00 00} before it */
    static @Nullable Orientation orientation(ByteBuffer data) {
        ByteBuffer tiff = (hasPrefix(data)
                        ? data.slice(data.position() + PREFIX.length, data.remaining() - PREFIX.length)
                        : data.slice())
                .order(ByteOrder.BIG_ENDIAN);
        if (tiff.remaining() < HEADER_BYTES) {
            return null;
        }
        int order = tiff.getShort(0);
        if (order != LITTLE_ENDIAN && order != BIG_ENDIAN) {
            return null;
        }
        tiff.order(order == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return tiff.getShort(2) == TIFF ? inDirectory(tiff, tiff.getInt(4)) : null;
    }

    private static @Nullable Orientation inDirectory(ByteBuffer tiff, int at) {
        if (at < HEADER_BYTES || at > tiff.limit() - 2) {
            return null;
        }
        int entries = tiff.getShort(at) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = at + 2 + i * ENTRY_BYTES;
            if (entry > tiff.limit() - ENTRY_BYTES) {
                break;
            }
            if (tiff.getShort(entry) == ORIENTATION) {
                return Orientation.ofExif(
                        switch (tiff.getShort(entry + 2)) {
                            case SHORT, SIGNED_SHORT -> tiff.getShort(entry + 8);
                            case LONG, SIGNED_LONG -> tiff.getInt(entry + 8);
                            default -> 0;
                        });
            }
        }
        return null;
    }
}
