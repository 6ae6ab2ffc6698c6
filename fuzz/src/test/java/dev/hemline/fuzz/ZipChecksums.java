package dev.hemline.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Puts a zip's checksums right, as an enemy would: else they keep every damaged entry from being read. */
final class ZipChecksums {
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int MOST_ENTRIES = 64;

    private ZipChecksums() {}

    /** A copy in which they are right, as far as its directory can be followed. */
    static byte[] mended(byte[] zip) {
        ByteBuffer file = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int end = zip.length - END_BYTES;
        while (end >= 0 && file.getInt(end) != END) {
            end--;
        }
        int at = end < 0 ? -1 : file.getInt(end + 16);
        for (int i = 0; i < MOST_ENTRIES && at >= 0 && at <= zip.length - ENTRY_BYTES; i++) {
            if (file.getInt(at) != ENTRY) {
                break;
            }
            mend(file, at, file.getInt(at + 42), file.getInt(at + 24));
            at += ENTRY_BYTES + file.getShort(at + 28) + file.getShort(at + 30) + file.getShort(at + 32);
        }
        return file.array();
    }

    private static void mend(ByteBuffer file, int entry, int header, int size) {
        if (header < 0 || header > file.limit() - LOCAL_BYTES) {
            return;
        }
        int start = header + LOCAL_BYTES + file.getShort(header + 26) + file.getShort(header + 28);
        if (start >= 0 && size >= 0 && size <= file.limit() - start) {
            CRC32 checksum = new CRC32();
            checksum.update(file.slice(start, size));
            file.putInt(entry + 16, (int) checksum.getValue());
        }
    }
}
