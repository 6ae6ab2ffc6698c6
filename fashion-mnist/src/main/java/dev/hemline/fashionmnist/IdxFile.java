package dev.hemline.fashionmnist;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The content of one IDX file of unsigned bytes: a magic number, a length per dimension (big-endian), the bytes. */
final class IdxFile {

    /** More than this is a broken header, and must not become an allocation. */
    private static final int MOST_ITEMS = 10_000_000;

    private static final int LONGEST_SIDE = 4096;
    private static final int IMAGE_DIMENSIONS = 3;
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private static final int GZIP_FIRST_BYTE = 0x1f;
    private static final int READ_AHEAD = 1 << 16;

    private final int[] lengths;
    private final byte[] content;
    private final String sha256;

    private IdxFile(int[] lengths, byte[] content, String sha256) {
        this.lengths = lengths;
        this.content = content;
        this.sha256 = sha256;
    }

    /** Reads n grey images: dimensions n, height, width. */
    static IdxFile readImages(Path file) throws IOException {
        return read(file, IMAGE_DIMENSIONS);
    }

    /** Reads n labels: one dimension. */
    static IdxFile readLabels(Path file) throws IOException {
        return read(file, 1);
    }

    /** How many images or labels. */
    int count() {
        return lengths[0];
    }

    /** Pixels down of every image. */
    int height() {
        return lengths[1];
    }

    /** Pixels across of every image. */
    int width() {
        return lengths[2];
    }

    /** The bytes after the header; the array itself, not a copy. */
    byte[] content() {
        return content;
    }

    /** SHA-256 of the unpacked file, header included: 64 lower-case hexadecimal digits. */
    String sha256() {
        return sha256;
    }

    private static IdxFile read(Path file, int dimensions) throws IOException {
        try (InputStream packed = new BufferedInputStream(Files.newInputStream(file), READ_AHEAD);
                InputStream in = unpacked(packed)) {
            return parse(in, dimensions);
        } catch (EOFException e) {
            throw new IOException("is truncated: its gzip stream ends too early", e);
        } catch (AccessDeniedException e) {
            throw new IOException("may not be read by this user", e);
        } catch (ZipException e) {
            throw new IOException("is damaged: it cannot be unpacked (" + e.getMessage() + ")", e);
        }
    }

    /** Tells packed from plain by the first byte, not by the name: browsers unpack on the fly and keep the name. */
    private static InputStream unpacked(InputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        in.reset();
        return first == GZIP_FIRST_BYTE ? new GZIPInputStream(in, READ_AHEAD) : in;
    }

    private static IdxFile parse(InputStream in, int dimensions) throws IOException {
        byte[] header = in.readNBytes(4 * (1 + dimensions));
        if (header.length < 4 * (1 + dimensions)) {
            throw new IOException("is truncated: " + header.length + " bytes are less than an IDX header");
        }
        int[] lengths = checkedLengths(ByteBuffer.wrap(header), dimensions);
        int size = checkedSize(lengths);
        byte[] content = in.readNBytes(size);
        if (content.length < size) {
            throw new IOException(
                    "is truncated: it should hold " + size + " bytes after its header, and holds " + content.length);
        }
        if (in.read() != -1) {
            throw new IOException("is longer than the " + size + " bytes that its header promises");
        }
        return new IdxFile(lengths, content, sha256(header, content));
    }

    private static int[] checkedLengths(ByteBuffer header, int dimensions) throws IOException {
        // two zero bytes, 8 for "unsigned bytes", the number of dimensions
        int expected = 0x0800 | dimensions;
        int magic = header.getInt();
        if (magic != expected) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "is not the IDX file it should be: it starts with 0x%08x instead of 0x%08x",
                    magic,
                    expected));
        }
        int[] lengths = new int[dimensions];
        for (int dimension = 0; dimension < dimensions; dimension++) {
            int length = header.getInt();
            int most = dimension == 0 ? MOST_ITEMS : LONGEST_SIDE;
            if (length < 1 || length > most) {
                throw new IOException("has a broken header: it promises " + Integer.toUnsignedString(length)
                        + (dimension == 0 ? " items" : " pixels a side"));
            }
            lengths[dimension] = length;
        }
        return lengths;
    }

    private static int checkedSize(int[] lengths) throws IOException {
        long size = 1;
        for (int length : lengths) {
            size *= length;
        }
        if (size > LARGEST_ARRAY) {
            throw new IOException(String.format(
                    Locale.ROOT,
                    "is too large: its header promises %,d bytes, at most %,d are read",
                    size,
                    LARGEST_ARRAY));
        }
        return (int) size;
    }

    private static String sha256(byte[] header, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(header);
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
