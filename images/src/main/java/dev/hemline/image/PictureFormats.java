package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import java.util.Optional;

/** Tells the format of a picture file by its content, for those who have a file and no event. */
public final class PictureFormats {
    private PictureFormats() {}

    /** The format to put into an event; empty if it is none that {@link ImageDecoder} reads. */
    public static Optional<ImageFormat> of(byte[] content) {
        return FileSignature.of(content).flatMap(signature -> switch (signature) {
            case PNG -> Optional.of(ImageFormat.PNG);
            case JPEG -> Optional.of(ImageFormat.JPEG);
            case GIF -> Optional.of(ImageFormat.GIF);
            case WEBP -> Optional.of(ImageFormat.WEBP);
            case BMP -> Optional.of(ImageFormat.BMP);
            case HEIC, HEIF, AVIF, TIFF, TIFF_BIG_ENDIAN, PDF, SVG -> Optional.empty();
        });
    }
}
