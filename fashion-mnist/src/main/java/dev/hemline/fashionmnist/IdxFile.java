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
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The content of one IDX file of unsigned bytes: a magic number, a length per dimension (big-endian), the bytes. */
final class IdxFile {

    /** More than this is a broken header, and must not become an allocation. */
    private static final int MOST_ITEMS = 1_000_000;

    private static final int GZIP_FIRST_BYTE = 0x1f;
    private static final int READ_AHEAD = 1 << 16;

    private final int count;
    private final byte[] content;
    private final String sha256;

    private IdxFile(int count, byte[] content, String sha256) {
        this.count = count;
        this.content = content;
        this.sha256 = sha256;
    }

    /** Reads n images of 28 × 28: dimensions n, 28, 28. */
    static IdxFile readImages(Path file) throws IOException {
        return read(file, FashionMnist.HEIGHT, FashionMnist.WIDTH);
    }

    /** Reads n labels: one dimension. */
    static IdxFile readLabels(Path file) throws IOException {
        return read(file);
    }

    /** How many images or labels. */
    int count() {
        return count;
    }

    /** The bytes after the header; the array itself, not a copy. */
    byte[] content() {
        return content;
    }

    /** SHA-256 of the unpacked file, header included: 64 lower-case hexadecimal digits. */
    String sha256() {
        return sha256;
    }

    private static IdxFile read(Path file, int... itemShape) throws IOException {
        try (InputStream packed = new BufferedInputStream(Files.newInputStream(file), READ_AHEAD);
                InputStream in = unpacked(packed)) {
            return parse(in, itemShape);
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

    private static IdxFile parse(InputStream in, int... itemShape) throws IOException {
        byte[] header = in.readNBytes(4 * (2 + itemShape.length));
        if (header.length < 4 * (2 + itemShape.length)) {
            throw new IOException("is truncated: " + header.length + " bytes are less than an IDX header");
        }
        int count = checkedCount(ByteBuffer.wrap(header), itemShape);
        long length = count;
        for (int dimension : itemShape) {
            length *= dimension;
        }
        byte[] content = in.readNBytes((int) length);
        if (content.length < length) {
            throw new IOException(
                    "is truncated: it should hold " + length + " bytes after its header, and holds " + content.length);
        }
        if (in.read() != -1) {
            throw new IOException("is longer than the " + length + " bytes that its header promises");
        }
        return new IdxFile(count, content, sha256(header, content));
    }

    private static int checkedCount(ByteBuffer header, int... itemShape) throws IOException {
        // two zero bytes, 8 for "unsigned bytes", the number of dimensions
        int expected = 0x0800 | (1 + itemShape.length);
        int magic = header.getInt();
        if (magic != expected) {
            throw new IOException("is not the IDX file it should be: it starts with 0x%08x instead of 0x%08x"
                    .formatted(magic, expected));
        }
        int count = header.getInt();
        if (count < 1 || count > MOST_ITEMS) {
            throw new IOException("has a broken header: it promises " + Integer.toUnsignedString(count) + " items");
        }
        for (int expectedLength : itemShape) {
            int length = header.getInt();
            if (length != expectedLength) {
                throw new IOException("holds images with a side of " + Integer.toUnsignedString(length)
                        + " pixels instead of " + expectedLength);
            }
        }
        return count;
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
