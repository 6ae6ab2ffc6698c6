package dev.hemline.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks a JPEG's segments once, from the start to the end marker. Notes are read and left out. Progressive files may
 * repeat their whole picture in every scan, so the scans are limited too: a file of many tiny ones would take minutes.
 */
final class JpegSegments {
    private static final int MAX_SCANS = 100;
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int COMMENT = 0xFE;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    private static final int ADOBE_BYTES = 12;

    private final byte[] content;
    private final OutputStream pixels;
    private Orientation orientation = Orientation.UPRIGHT;
    private int adobeTransform = JpegFile.NOT_BY_ADOBE;
    private @Nullable Frame frame;
    private int scans;

    /** @param pixels receives the segments that readers need */
    JpegSegments(byte[] content, OutputStream pixels) {
        this.content = content;
        this.pixels = pixels;
    }

    JpegFile read() throws IOException {
        int at = 0;
        int marker = 0;
        while (marker != END) {
            marker = marker(at);
            int next = marker == START || marker == END ? at + 2 : at + 2 + length(at + 2);
            if (hasData(marker, at, next)) {
                if (marker == SCAN) {
                    scans++;
                    next = endOfScan(next);
                }
                pixels.write(content, at, next - at);
            }
            at = next;
            while (at + 1 < content.length && content[at] == -1 && content[at + 1] == -1) {
                at++;
            }
        }
        Frame found = frame;
        if (found == null || scans == 0) {
            throw new IOException("it holds no picture");
        }
        if (scans > MAX_SCANS) {
            throw new UnsupportedPictureException(
                    "The JPEG has " + scans + " scans, at most " + MAX_SCANS + " are decoded; save it as a usual one");
        }
        return new JpegFile(
                found.width(),
                found.height(),
                found.components(),
                found.progressive() || scans > 1,
                scans,
                orientation,
                adobeTransform,
                content);
    }

    private int marker(int at) throws IOException {
        if (at + 2 > content.length) {
            throw new EOFException();
        }
        if (content[at] != -1) {
            throw new IOException("there is no marker at byte " + at);
        }
        return content[at + 1] & 0xFF;
    }

    private int length(int at) throws IOException {
        if (at + 2 > content.length) {
            throw new EOFException();
        }
        int length = (content[at] & 0xFF) << 8 | (content[at + 1] & 0xFF);
        if (length < 2) {
            throw new IOException("a segment has no length");
        }
        if (length > content.length - at) {
            throw new EOFException();
        }
        return length;
    }

    /** Reads a segment's notes; tells whether readers need it for the pixels. */
    private boolean hasData(int marker, int at, int next) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(content, Math.min(at + 4, next), Math.max(0, next - at - 4))
                .slice();
        if (marker == APP1 && Exif.hasPrefix(data)) {
            orientation = Exif.orientation(data);
        } else if (marker == APP14 && startsWith(data, ADOBE) && data.remaining() >= ADOBE_BYTES) {
            adobeTransform = data.get(ADOBE_BYTES - 1) & 0xFF;
            return true;
        } else if (marker == APP0) {
            return startsWith(data, JFIF);
        } else if (isFrame(marker)) {
            if (frame != null) {
                throw new IOException("it has two frames");
            }
            frame = Frame.read(marker, data);
        }
        return marker != COMMENT && (marker < APP0 || marker > APP15);
    }

    /** C0 to CF, save tables (C4), extensions (C8) and arithmetic conditioning (CC). */
    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean startsWith(ByteBuffer data, byte[] prefix) {
        return data.remaining() >= prefix.length
                && Arrays.equals(
                        data.array(), data.arrayOffset(), data.arrayOffset() + prefix.length, prefix, 0, prefix.length);
    }

    /** Within a scan, FF stands before 00, which is data, before D0 to D7, which are restarts, or before its end. */
    private int endOfScan(int from) throws IOException {
        for (int at = from; at + 1 < content.length; at++) {
            int next = content[at + 1] & 0xFF;
            if (content[at] == -1 && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                return at;
            }
        }
        throw new EOFException();
    }

    /** What a JPEG's start-of-frame segment says. */
    private record Frame(int width, int height, int components, boolean progressive) {
        private static final int PROGRESSIVE = 0xC2;
        private static final int HEADER_BYTES = 6;

        /**
         * @param marker the segment's second byte, which says how the picture is coded
         * @param segment from its first byte after the length
         */
        static Frame read(int marker, ByteBuffer segment) throws IOException {
            if (segment.remaining() < HEADER_BYTES) {
                throw new IOException("its frame header is cut short");
            }
            int bits = segment.get(0);
            if (marker > PROGRESSIVE || bits != 8) {
                throw new UnsupportedPictureException("The JPEG is lossless, hierarchical, arithmetically coded or has "
                        + bits + " bits a sample; save it as a usual one, baseline or progressive with 8 bits");
            }
            int height = segment.getShort(1) & 0xFFFF;
            int width = segment.getShort(3) & 0xFFFF;
            int components = segment.get(5);
            if (width == 0 || height == 0) {
                throw new IOException("its header has no size");
            }
            if (components != 1 && components != 3 && components != 4) {
                throw new UnsupportedPictureException("The JPEG has " + components
                        + " colour components; save it as grey (1), colour (3) or CMYK (4)");
            }
            return new Frame(width, height, components, marker == PROGRESSIVE);
        }
    }
}
