package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.util.Optional;

/** Tells by its first bytes what kind of file something is, for messages to those who sent another one than they said. */
enum FileSignature {
    PNG("\u0089PNG\r\n\u001a\n", 0),
    JPEG("\u00ff\u00d8\u00ff", 0),
    GIF("GIF8", 0),
    WEBP("WEBP", 8),
    HEIC("ftyphei", 4),
    HEIF("ftypmif1", 4),
    AVIF("ftypavif", 4),
    TIFF("II*\0", 0),
    TIFF_BIG_ENDIAN("MM\0*", 0),
    PDF("%PDF", 0),
    SVG("<svg", 0),
    BMP("BM", 0);

    private final String magic;
    private final int at;

    FileSignature(String magic, int at) {
        this.magic = magic;
        this.at = at;
    }

    static Optional<FileSignature> of(byte[] content) {
        for (FileSignature signature : values()) {
            if (signature.matches(content)) {
                return Optional.of(signature);
            }
        }
        return Optional.empty();
    }

    /** The format of a file that can be read. */
    static Optional<ImageFormat> formatOf(byte[] content) {
        return of(content).map(signature -> switch (signature) {
            case PNG -> ImageFormat.PNG;
            case JPEG -> ImageFormat.JPEG;
            case GIF -> ImageFormat.GIF;
            case BMP -> ImageFormat.BMP;
            case WEBP -> ImageFormat.WEBP;
            case HEIC, HEIF, AVIF, TIFF, TIFF_BIG_ENDIAN, PDF, SVG -> null;
        });
    }

    private boolean matches(byte[] content) {
        if (content.length < at + magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if ((content[at + i] & 0xFF) != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
