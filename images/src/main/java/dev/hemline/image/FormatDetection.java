package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import dev.hemline.topic.Rejection;
import java.util.Arrays;
import java.util.Optional;

/** Tells a picture file's format by its first bytes, whatever its name or its sender say. */
public final class FormatDetection {
    private static final String READ = "send a PNG, JPEG, GIF, BMP or WebP file";

    private FormatDetection() {}

    /** @throws UnfitImageException if it is no picture file, or one of a format that is not read */
    public static ImageFormat of(byte[] content) throws UnfitImageException {
        Signature found = Signature.of(content)
                .orElseThrow(() ->
                        new UnfitImageException(Rejection.UNSUPPORTED_FORMAT, "This is no picture file; " + READ));
        return found.format()
                .orElseThrow(() -> new UnfitImageException(
                        Rejection.UNSUPPORTED_FORMAT, "This is a " + found + " file, which is not read; " + READ));
    }

    /** The format to put into an event; empty if it is none that {@link ImageDecoder} reads. */
    public static Optional<ImageFormat> find(byte[] content) {
        return Signature.of(content).flatMap(Signature::format);
    }

    /** The first bytes of files, some of which are known only for messages to those who sent another one than they said. */
    enum Signature {
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

        Signature(String magic, int at) {
            this.magic = magic;
            this.at = at;
        }

        static Optional<Signature> of(byte[] content) {
            return Arrays.stream(values())
                    .filter(signature -> signature.matches(content))
                    .findFirst();
        }

        /** What events call a file of this kind, if it can be read. */
        Optional<ImageFormat> format() {
            return Arrays.stream(ImageFormat.values())
                    .filter(format -> format.name().equals(name()))
                    .findFirst();
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
}
