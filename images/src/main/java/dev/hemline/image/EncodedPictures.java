package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import dev.hemline.topic.Rejection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** Reads picture files, the size first, so that a small file cannot claim all memory. */
final class EncodedPictures {
    private static final int SHOWN_BYTES = 4;

    private EncodedPictures() {}

    static Picture read(ImageFormat format, ByteBuffer content, ImageLimits limits) throws UnfitImageException {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        requireSignature(format, bytes);
        try {
            PictureFile file = PictureFile.open(format, bytes);
            limits.requirePixels("The file's header says", file.width(), file.height());
            return new Picture(file.rows(), file.orientation());
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
        Optional<FileSignature> found = FileSignature.of(bytes);
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
