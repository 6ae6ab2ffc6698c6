package dev.hemline.model.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip whose entries are stored as they are. Read through its central directory, because libtorch writes sizes after
 * the entries, which {@link java.util.zip.ZipInputStream} does not take.
 */
final class StoredZip {
    private static final int END_OF_DIRECTORY = 0x06054b50;
    private static final int END_OF_DIRECTORY_BYTES = 22;
    private static final int DIRECTORY_ENTRY = 0x02014b50;
    private static final int DIRECTORY_ENTRY_BYTES = 46;
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int LOCAL_HEADER_BYTES = 30;
    /** Of an entry here and in the directory, with its name twice: enough for all of ours. */
    private static final int HEADERS_BYTES = 256;

    private static final int LONGEST_COMMENT = 0xffff;

    private StoredZip() {}

    /**
     * Entries in the given order, with no time of day, so that the same entries give the same bytes.
     *
     * @param entries on the heap
     */
    static byte[] write(Map<String, ByteBuffer> entries) {
        int size = entries.values().stream().mapToInt(ByteBuffer::remaining).sum();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size + entries.size() * HEADERS_BYTES);
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, ByteBuffer> entry : entries.entrySet()) {
                ByteBuffer content = entry.getValue();
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setSize(content.remaining());
                header.setCrc(crc(content.duplicate()));
                header.setTime(0);
                zip.putNextEntry(header);
                zip.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Stored entries by name, each a little-endian view of {@code zip}, checked against its CRC. Compressed ones are left
     * out: libtorch compresses code, never tensors.
     */
    static Map<String, ByteBuffer> read(byte[] zip) throws ArchiveException {
        return read(zip, name -> true);
    }

    /** The same of some entries only. */
    static Map<String, ByteBuffer> read(byte[] zip, Predicate<String> wanted) throws ArchiveException {
        Map<String, ByteBuffer> contents = new LinkedHashMap<>();
        long bytes = 0;
        for (Entry entry : directory(zip)) {
            if (entry.stored() && wanted.test(entry.name())) {
                ByteBuffer content =
                        content(ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN), entry.position(), entry.name());
                bytes += content.limit();
                if (bytes > zip.length) {
                    // Checked one by one, thousands of views of the same bytes would take hours.
                    throw new ArchiveException("entries up to " + entry.name() + " share their bytes");
                }
                contents.put(entry.name(), content);
            }
        }
        return contents;
    }

    /** The names of all entries, compressed ones too. */
    static List<String> names(byte[] zip) throws ArchiveException {
        return directory(zip).stream().map(Entry::name).toList();
    }

    /** @param position of its entry in the directory */
    private record Entry(String name, boolean stored, int position) {}

    private static List<Entry> directory(byte[] zip) throws ArchiveException {
        ByteBuffer all = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int end = endOfDirectory(all);
        int entries = Short.toUnsignedInt(all.getShort(end + 10));
        int position = offset(all, all.getInt(end + 16), "the zip directory");
        List<Entry> found = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            require(all, position, DIRECTORY_ENTRY_BYTES, "the zip directory");
            if (all.getInt(position) != DIRECTORY_ENTRY) {
                throw new ArchiveException("entry " + i + " of the zip directory is damaged");
            }
            int nameLength = Short.toUnsignedInt(all.getShort(position + 28));
            require(all, position + DIRECTORY_ENTRY_BYTES, nameLength, "the zip directory");
            String name = new String(zip, position + DIRECTORY_ENTRY_BYTES, nameLength, UTF_8);
            found.add(new Entry(name, all.getShort(position + 10) == ZipEntry.STORED, position));
            position += DIRECTORY_ENTRY_BYTES
                    + nameLength
                    + Short.toUnsignedInt(all.getShort(position + 30))
                    + Short.toUnsignedInt(all.getShort(position + 32));
        }
        return found;
    }

    private static int endOfDirectory(ByteBuffer all) throws ArchiveException {
        int last = all.limit() - END_OF_DIRECTORY_BYTES;
        for (int at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
            if (all.getInt(at) == END_OF_DIRECTORY) {
                return at;
            }
        }
        throw new ArchiveException("not a zip file, or cut off: it has no directory at its end");
    }

    private static ByteBuffer content(ByteBuffer all, int directoryEntry, String name) throws ArchiveException {
        int size = offset(all, all.getInt(directoryEntry + 24), name);
        int header = offset(all, all.getInt(directoryEntry + 42), name);
        require(all, header, LOCAL_HEADER_BYTES, name);
        if (all.getInt(header) != LOCAL_HEADER) {
            throw new ArchiveException(name + " is not where the zip directory says");
        }
        int start = header
                + LOCAL_HEADER_BYTES
                + Short.toUnsignedInt(all.getShort(header + 26))
                + Short.toUnsignedInt(all.getShort(header + 28));
        require(all, start, size, name);
        ByteBuffer content = all.slice(start, size).order(ByteOrder.LITTLE_ENDIAN);
        if ((int) crc(content.duplicate()) != all.getInt(directoryEntry + 16)) {
            throw new ArchiveException(name + " is damaged: its checksum does not match");
        }
        return content;
    }

    private static int offset(ByteBuffer all, int value, String what) throws ArchiveException {
        if (value < 0 || value > all.limit()) {
            throw new ArchiveException(what + " lies outside the file");
        }
        return value;
    }

    private static void require(ByteBuffer all, int start, int length, String what) throws ArchiveException {
        if (start < 0 || start > all.limit() - length) {
            throw new ArchiveException(what + " goes past the end of the file");
        }
    }

    private static long crc(ByteBuffer content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }
}
