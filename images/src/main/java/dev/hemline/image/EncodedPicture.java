package dev.hemline.image;

import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import dev.hemline.topic.FileSignature;
import dev.hemline.topic.Rejection;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/** A picture file that takes no more than is granted; only its header has been read. */
record EncodedPicture(ImageFormat format, PictureFile file, Cost cost, MemoryBudget memory) implements OpenPicture {
    private static final int SHOWN_BYTES = 4;

    /** Reads the header. */
    static EncodedPicture open(ImageFormat format, ByteBuffer content, ImageLimits limits, MemoryBudget memory)
            throws UnfitImageException {
        byte[] bytes = bytes(content);
        requireSignature(format, bytes);
        PictureFile file = reading(format, () -> PictureFile.open(format, bytes));
        limits.requirePixels("The file's header says", file.width(), file.height());
        Cost decoding = file.cost();
        Cost cost = new Cost(
                decoding.bytes() + AreaScaling.bytes(file.width()),
                decoding.nanos() + AreaScaling.nanos(file.width(), file.height()));
        limits.requireCost(cost, memory.total());
        return new EncodedPicture(format, file, cost, memory);
    }

    /** The content itself where it has an array of its own, as it has in an event: nothing is copied before it is paid for. */
    @SuppressWarnings("ByteBufferBackingArray") // its offset and length are looked at
    private static byte[] bytes(ByteBuffer content) {
        if (content.hasArray() && content.array().length == content.remaining()) {
            return content.array();
        }
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public Duration work() {
        return Duration.ofNanos(cost.nanos());
    }

    @Override
    public void decode(ModelInput input, ByteBuffer target) throws UnfitImageException {
        try (MemoryBudget.Share share = memory.take(cost.bytes())) {
            reading(format, () -> {
                try (PixelRows rows = file.rows()) {
                    new Picture(rows, file.orientation()).scale(input, target);
                }
                return target;
            });
        }
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T reading(ImageFormat format, Reading<T> reading) throws UnfitImageException {
        try {
            return reading.read();
        } catch (UnsupportedPictureException e) {
            throw new UnfitImageException(Rejection.UNSUPPORTED_FORMAT, reason(e), e);
        } catch (UncheckedIOException e) {
            throw damaged(format, Objects.requireNonNull(e.getCause()));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // On damaged files the readers throw nearly every unchecked exception there is.
            throw damaged(format, e);
        }
    }

    private static UnfitImageException damaged(ImageFormat format, Throwable e) {
        return new UnfitImageException(
                Rejection.UNDECODABLE_IMAGE,
                "The content is no whole, undamaged " + format + " file: " + reason(e) + "; send the file again",
                e);
    }

    private static void requireSignature(ImageFormat format, byte[] bytes) throws UnfitImageException {
        Optional<FileSignature> found = FileSignature.of(bytes);
        if (found.flatMap(FileSignature::format).filter(format::equals).isPresent()) {
            return;
        }
        String what = found.map(signature -> "is " + signature)
                .orElseGet(() -> "starts with "
                        + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(SHOWN_BYTES, bytes.length)));
        throw new UnfitImageException(
                Rejection.UNDECODABLE_IMAGE,
                "The event says " + format + ", but the content " + what
                        + "; name the format it has, or send one of PNG, JPEG, GIF, BMP, WEBP");
    }

    private static String reason(Throwable e) {
        if (e instanceof EOFException && e.getMessage() == null) {
            return "it is cut short";
        }
        String message = e.getMessage();
        return e instanceof IOException && message != null ? message : e.toString();
    }
}
