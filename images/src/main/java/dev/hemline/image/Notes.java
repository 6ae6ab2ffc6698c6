package dev.hemline.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * What the notes in a file say of its orientation: the first EXIF data that name one, or else XMP. What cannot be
 * understood says nothing: a picture is not refused for the notes beside it.
 */
final class Notes {
    private static final byte[] XMP_PREFIX = "http://ns.adobe.com/xap/1.0/\0".getBytes(ISO_8859_1);
    private static final Pattern IN_XMP = Pattern.compile("tiff:Orientation(?:\\s*=\\s*[\"']|\\s*>)\\s*([1-8])");
    private static final String RAW_PROFILE = "Raw profile type ";
    private static final String XMP_TEXT = "XML:com.adobe.xmp";
    /** The longest that PNG knows is 79, and a zero ends it. */
    private static final int KEYWORD_BYTES = 80;
    /** A line with nothing, one with the profile's name and one with its length. */
    private static final Pattern RAW_PROFILE_HEAD = Pattern.compile("\\A[^\\n]*\\n[^\\n]*\\n[^\\n]*\\n");

    /**
     * Characters that are read of all texts, unpacked, each keyword with as many as it may have, so that very many empty
     * texts end too: EXIF data of 64 kB, the most in a JPEG, in two digits a byte, twice.
     */
    private int readable = 1 << 18;

    private @Nullable Orientation exif;
    private @Nullable Orientation xmp;

    Orientation orientation() {
        Orientation found = exif != null ? exif : xmp;
        return found != null ? found : Orientation.UPRIGHT;
    }

    /** @param data with or without {@code Exif 00 00} before it */
    void exif(ByteBuffer data) {
        if (exif == null) {
            exif = Exif.orientation(data);
        }
    }

    /** @param text in UTF-8 */
    void xmp(ByteBuffer text) {
        Matcher matcher = IN_XMP.matcher(read(text));
        if (xmp == null && matcher.find()) {
            xmp = Orientation.ofExif(matcher.group(1).charAt(0) - '0');
        }
    }

    /** EXIF or XMP, by how they begin in a JPEG's APP1. */
    void application(ByteBuffer data) {
        if (Exif.hasPrefix(data)) {
            exif(data);
        } else if (startsWithXmp(data)) {
            xmp(data.slice(XMP_PREFIX.length, data.remaining() - XMP_PREFIX.length));
        }
    }

    private static boolean startsWithXmp(ByteBuffer data) {
        return data.remaining() >= XMP_PREFIX.length
                && data.slice(0, XMP_PREFIX.length).equals(ByteBuffer.wrap(XMP_PREFIX));
    }

    /**
     * A PNG's text, in which programs put EXIF, in hexadecimal digits, before there was a chunk for it.
     *
     * @param compressed of chunk zTXt
     * @param international of chunk iTXt, which says itself whether it is compressed
     */
    void text(boolean compressed, boolean international, ByteBuffer data) {
        String head = ISO_8859_1
                .decode(data.slice(0, Math.min(KEYWORD_BYTES, data.remaining())))
                .toString();
        int end = head.indexOf('\0');
        boolean isNote = head.startsWith(RAW_PROFILE) || head.startsWith(XMP_TEXT);
        if (end < 0 || !isNote || readable < KEYWORD_BYTES) {
            return;
        }
        readable -= KEYWORD_BYTES;
        ByteBuffer text = data.duplicate().position(end + 1);
        boolean packed = compressed;
        if (international && text.remaining() > 2) {
            packed = text.get() == 1;
            text.get();
            skipWord(text);
            skipWord(text);
        } else if (compressed && text.hasRemaining()) {
            text.get();
        }
        ByteBuffer plain = packed ? unpacked(text) : text;
        if (head.startsWith(XMP_TEXT)) {
            xmp(plain);
        } else {
            rawProfile(read(plain));
        }
    }

    private static void skipWord(ByteBuffer text) {
        while (text.hasRemaining() && text.get() != 0) {
            // its language, and its keyword in that
        }
    }

    private ByteBuffer unpacked(ByteBuffer packed) {
        byte[] plain = new byte[readable];
        int size = 0;
        var inflater = new Inflater();
        try {
            inflater.setInput(packed.duplicate());
            for (int count = 1; count > 0; size += count) {
                count = inflater.inflate(plain, size, readable - size);
            }
        } catch (DataFormatException e) {
            // What came before the damage may say it.
        } finally {
            inflater.end();
        }
        return ByteBuffer.wrap(plain, 0, size);
    }

    private String read(ByteBuffer text) {
        int size = Math.min(readable, text.remaining());
        readable -= size;
        return ISO_8859_1.decode(text.slice(text.position(), size)).toString();
    }

    private void rawProfile(String text) {
        Matcher head = RAW_PROFILE_HEAD.matcher(text);
        if (!head.find()) {
            return;
        }
        var data = new ByteArrayOutputStream();
        int high = -1;
        for (int i = head.end(); i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit >= 0 && high < 0) {
                high = digit;
            } else if (digit >= 0) {
                data.write(high << 4 | digit);
                high = -1;
            }
        }
        ByteBuffer profile = ByteBuffer.wrap(data.toByteArray());
        if (startsWithXmp(profile)) {
            application(profile);
        } else if (text.startsWith("xmp", text.indexOf('\n') + 1)) {
            xmp(profile);
        } else {
            exif(profile);
        }
    }
}
