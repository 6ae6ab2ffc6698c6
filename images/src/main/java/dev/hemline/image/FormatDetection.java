package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import dev.hemline.topic.Rejection;
import java.util.Optional;

/** Tells a picture file's format by its first bytes, whatever its name or its sender say. */
public final class FormatDetection {
    private static final String READ = "send a PNG, JPEG, GIF, BMP or WebP file";

    private FormatDetection() {}

    /** @throws UnfitImageException if it is no picture file, or one of a format that is not read */
    public static ImageFormat of(byte[] content) throws UnfitImageException {
        Optional<FileSignature> found = FileSignature.of(content);
        if (found.isEmpty()) {
            throw new UnfitImageException(Rejection.UNSUPPORTED_FORMAT, "This is no picture file; " + READ);
        }
        return switch (found.get()) {
            case PNG -> ImageFormat.PNG;
            case JPEG -> ImageFormat.JPEG;
            case GIF -> ImageFormat.GIF;
            case BMP -> ImageFormat.BMP;
            case WEBP -> ImageFormat.WEBP;
            case HEIC, HEIF, AVIF, TIFF, TIFF_BIG_ENDIAN, PDF, SVG ->
                throw new UnfitImageException(
                        Rejection.UNSUPPORTED_FORMAT, "This is a " + found.get() + " file, which is not read; " + READ);
        };
    }
}
