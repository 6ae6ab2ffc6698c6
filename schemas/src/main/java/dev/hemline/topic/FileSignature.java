package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hemline.event.ImageFormat;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a file is, told by its first bytes, whatever its name or its sender say. Some kinds are known only for messages to those
 * who sent another one than they meant.
 */
public enum FileSignature {
    PNG("a PNG file", "\u0089PNG\r\n\u001a\n"),
    JPEG("a JPEG file", "\u00ff\u00d8\u00ff"),
    GIF("a GIF file", "GIF8"),
    WEBP("a WebP file", 8, "WEBP") {
        @Override
        boolean matches(String head) {
            return head.startsWith("RIFF") && super.matches(head);
        }
    },
    BMP("a BMP file", "BM"),
    AVIF("an AVIF file", 4, "ftypavif", "ftypavis"),
    HEIC("a HEIC file", 4, "ftyphei", "ftyphev"),
    HEIF("a HEIF file", 4, "ftypmif", "ftypmsf"),
    VIDEO("a video", 4, "ftyp"),
    JPEG_XL("a JPEG XL file", "\u00ff\n", "\0\0\0\fJXL \r\n\u0087\n"),
    JPEG_2000("a JPEG 2000 file", "\0\0\0\fjP  \r\n\u0087\n", "\u00ffO\u00ffQ"),
    TIFF("a TIFF file, or a camera's raw one", "II*\0", "MM\0*", "II+\0", "MM\0+"),
    ICO("an ICO file", "\0\0\1\0", "\0\0\2\0"),
    PSD("a Photoshop file", "8BPS"),
    PDF("a PDF file", "%PDF"),
    POSTSCRIPT("a PostScript file", "%!PS"),
    GIT_LFS("a pointer that Git LFS left in place of a file (git lfs pull gets it)", "version https://git-lfs"),
    GZIP("a gzip file, to be unpacked", "\u001f\u008b"),
    ZIP("a ZIP file, to be unpacked", "PK\3\4"),
    WEB_PAGE("a web page, as servers send in place of what they do not have", true, "<html", "<!doctype html"),
    SVG("an SVG drawing", true, "<svg", "<?xml", "<!doctype svg", "<!--"),
    JSON("JSON text", true, "{", "["),
    BASE64("a picture as base64 text, to be decoded", true, "iVBORw0KGgo", "/9j/", "R0lGOD", "UklGR", "data:image/");

    /** The longest of the above, and white space before it. */
    private static final int HEAD_BYTES = 64;

    private final String what;
    private final int at;
    private final boolean isText;

    @SuppressWarnings("ImmutableEnumChecker") // never changed
    private final List<String> magics;

    FileSignature(String what, String... magics) {
        this(what, 0, magics);
    }

    FileSignature(String what, int at, String... magics) {
        this.what = what;
        this.at = at;
        this.isText = false;
        this.magics = List.of(magics);
    }

    FileSignature(String what, boolean isText, String... magics) {
        this.what = what;
        this.at = 0;
        this.isText = isText;
        this.magics = List.of(magics);
    }

    /** Empty for bytes that are none of these. */
    public static Optional<FileSignature> of(byte[] file) {
        return of(ByteBuffer.wrap(file));
    }

    /** The same; the buffer stays where it is. */
    public static Optional<FileSignature> of(ByteBuffer file) {
        byte[] bytes = new byte[Math.min(HEAD_BYTES, file.remaining())];
        file.duplicate().get(bytes);
        String head = new String(bytes, ISO_8859_1);
        // Texts may begin with a byte order mark.
        String text = head.startsWith("\u00ef\u00bb\u00bf") ? head.substring(3).strip() : head.strip();
        return Arrays.stream(values())
                .filter(signature -> signature.matches(signature.isText ? text : head))
                .findFirst();
    }

    boolean matches(String head) {
        // Jazzer looks at what is compared, and falls over where that lies beyond the end.
        return head.length() > at
                && magics.stream().anyMatch(magic -> head.regionMatches(isText, at, magic, 0, magic.length()));
    }

    /** What events call a file of this kind, if it can be read. */
    public Optional<ImageFormat> format() {
        return Arrays.stream(ImageFormat.values())
                .filter(format -> format.name().equals(name()))
                .findFirst();
    }

    /** With an article. */
    @Override
    public String toString() {
        return what;
    }
}
