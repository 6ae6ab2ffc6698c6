package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import dev.hemline.topic.FileSignature;
import dev.hemline.topic.Rejection;

/** Tells a picture file's format by its first bytes, whatever its name or its sender say. */
public final class FormatDetection {
    private static final String READ = "send a PNG, JPEG, GIF, BMP or WebP file";

    private FormatDetection() {}

    /** @throws UnfitImageException if it is no picture file, or one of a format that is not read */
    public static ImageFormat of(byte[] content) throws UnfitImageException {
        if (content.length == 0) {
            throw unsupported("The file is empty; " + READ);
        }
        FileSignature found =
                FileSignature.of(content).orElseThrow(() -> unsupported("This is no picture file; " + READ));
        return found.format().orElseThrow(() -> unsupported(notRead(found)));
    }

    /** A sentence about a file of a kind that is not read. */
    static String notRead(FileSignature found) {
        return "This is " + found + ", which is not read; " + READ;
    }

    private static UnfitImageException unsupported(String message) {
        return new UnfitImageException(Rejection.UNSUPPORTED_FORMAT, message);
    }
}
