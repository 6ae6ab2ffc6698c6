package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import dev.hemline.image.FormatDetection.Signature;
import dev.hemline.topic.Rejection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** A picture file of a size that is decoded; only its header has been read. */
record EncodedPicture(ImageFormat format, PictureFile file) {
    private static final int SHOWN_BYTES = 4;

    /** Reads the header. */
    static EncodedPicture open(ImageFormat format, ByteBuffer content, ImageLimits limits) throws UnfitImageException {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        requireSignature(format, bytes);
        EncodedPicture picture = reading(format, () -> new EncodedPicture(format, PictureFile.open(format, bytes)));
        limits.requirePixels("The file's header says", picture.file.width(), picture.file.height());
        return picture;
    }

    /** Width times height. */
    long pixels() {
        return (long) file.width() * file.height();
    }

    Picture decode() throws UnfitImageException {
        return reading(format, () -> new Picture(file.rows(), file.orientation()));
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T reading(ImageFormat format, Reading<T> reading) throws UnfitImageException {
        try {
            return reading.read();
        } catch (UnsupportedPictureException e) {
            throw new UnfitImageException(Rejection.UNSUPPORTED_FORMAT, reason(e), e);
        } catch (IOException | RuntimeException e) {
            // On damaged files the readers throw nearly every unchecked exception there is.
            throw new UnfitImageException(
                    Rejection.UNDECODABLE_IMAGE,
                    "The content is no whole, undamaged " + format + " file: " + reason(e) + "; send the file again",
                    e);
        }
    }

    private static void requireSignature(ImageFormat format, byte[] bytes) throws UnfitImageException {
        Optional<Signature> found = Signature.of(bytes);
        if (found.isPresent() && found.get().name().equals(format.name())) {
            return;
        }
        String what = found.map(signature -> "is a " + signature + " file")
                .orElseGet(() -> "starts with "
                        + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(SHOWN_BYTES, bytes.length)));
        throw new UnfitImageException(
                Rejection.UNDECODABLE_IMAGE,
                "The event says " + format + ", but the content " + what
                        + "; name the format it has, or send one of PNG, JPEG, GIF, BMP, WEBP");
    }

    private static String reason(Exception e) {
        if (e instanceof EOFException && e.getMessage() == null) {
            return "it is cut short";
        }
        String message = e.getMessage();
        return e instanceof IOException && message != null ? message : e.toString();
    }
}
