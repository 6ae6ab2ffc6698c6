package dev.hemline.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
    private static final int TEMPORARY = 0x01;
    private static final int RESTART = 0xD0;
    private static final int COMMENT = 0xFE;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0};
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e'};
    private static final int JFIF_BYTES = 14;
    private static final int ADOBE_BYTES = 12;

    private final byte[] content;
    private final OutputStream pixels;
    private final Notes notes = new Notes();
    private boolean jfif;
    private int adobeTransform = JpegFile.NOT_BY_ADOBE;
    private @Nullable Frame frame;
    private int scans;

    /** @param pixels receives the segments that readers need, without the file's start, end, and marks of its colours */
    JpegSegments(byte[] content, OutputStream pixels) {
        this.content = content;
        this.pixels = pixels;
    }

    JpegFile read() throws IOException {
        int at = nextMarker(2);
        while (at < content.length && marker(at) != END) {
            int marker = marker(at);
            int next = at + 2;
            if (!standsAlone(marker)) {
                next += length(at + 2);
                boolean hasPixels = readNotes(
                        marker, ByteBuffer.wrap(content, at + 4, next - at - 4).slice());
                if (marker == SCAN) {
                    scans++;
                    next = endOfScan(next);
                }
                if (hasPixels) {
                    pixels.write(content, at, next - at);
                }
            }
            at = nextMarker(next);
        }
        Frame found = frame;
        if (found == null || scans == 0) {
            if (at >= content.length) {
                throw new EOFException();
            }
            throw new IOException("it holds no picture");
        }
        boolean inPasses = found.progressive() || scans > 1;
        boolean whole = at < content.length;
        if (inPasses && !whole) {
            // Nothing would tell whether passes are missing.
            throw new EOFException();
        }
        if (scans > MAX_SCANS) {
            throw new UnsupportedPictureException(
                    "The JPEG has " + scans + " scans, at most " + MAX_SCANS + " are decoded; save it as a usual one");
        }
        return new JpegFile(
                found.width(),
                found.height(),
                found.components(),
                !jfif && (adobeTransform == JpegFile.NOT_BY_ADOBE ? found.namesRgb() : adobeTransform == 0),
                inPasses,
                scans,
                whole,
                notes.orientation(),
                adobeTransform,
                content);
    }

    /** Where the next marker begins, or the file's end. As in libjpeg, bytes that stand between segments are skipped. */
    private int nextMarker(int from) {
        for (int at = from; at + 1 < content.length; at++) {
            if (content[at] == -1 && content[at + 1] != -1 && content[at + 1] != 0) {
                return at;
            }
        }
        return content.length;
    }

    private int marker(int at) {
        return content[at + 1] & 0xFF;
    }

    private static boolean standsAlone(int marker) {
        return marker == START || marker == TEMPORARY || (marker >= RESTART && marker < RESTART + 8);
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

    /** Whether readers need the segment for the pixels. */
    private boolean readNotes(int marker, ByteBuffer data) throws IOException {
        if (marker == APP0 && startsWith(data, JFIF) && data.remaining() >= JFIF_BYTES) {
            jfif = true;
        } else if (marker == APP1) {
            notes.application(data);
        } else if (marker == APP14 && startsWith(data, ADOBE) && data.remaining() >= ADOBE_BYTES) {
            adobeTransform = data.get(ADOBE_BYTES - 1) & 0xFF;
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
        return data.remaining() >= prefix.length && data.slice(0, prefix.length).equals(ByteBuffer.wrap(prefix));
    }

    /** Within a scan, FF stands before 00, which is data, before D0 to D7, which are restarts, or before its end. */
    private int endOfScan(int from) {
        for (int at = from; at + 1 < content.length; at++) {
            int next = content[at + 1] & 0xFF;
            if (content[at] == -1 && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                return at;
            }
        }
        return content.length;
    }

    /** What a JPEG's start-of-frame segment says. */
    private record Frame(int width, int height, int components, boolean progressive, boolean namesRgb) {
        private static final int PROGRESSIVE = 0xC2;
        private static final int LOSSLESS = 0xC3;
        private static final int LAST_HUFFMAN = 0xC7;
        private static final int HEADER_BYTES = 6;
        private static final int COMPONENT_BYTES = 3;

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
                String what = marker > LAST_HUFFMAN
                        ? "is arithmetically coded"
                        : marker == LOSSLESS
                                ? "is lossless"
                                : marker > LOSSLESS ? "is hierarchical" : "has " + bits + " bits a sample";
                throw new UnsupportedPictureException(
                        "The JPEG " + what + "; save it as a usual one, baseline or progressive with 8 bits");
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
            if (segment.remaining() < HEADER_BYTES + COMPONENT_BYTES * components) {
                throw new IOException("its frame header is cut short");
            }
            boolean namesRgb = components == 3
                    && segment.get(HEADER_BYTES) == 'R'
                    && segment.get(HEADER_BYTES + COMPONENT_BYTES) == 'G'
                    && segment.get(HEADER_BYTES + 2 * COMPONENT_BYTES) == 'B';
            return new Frame(width, height, components, marker == PROGRESSIVE, namesRgb);
        }
    }
}
