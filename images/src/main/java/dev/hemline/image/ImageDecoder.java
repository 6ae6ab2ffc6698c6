package dev.hemline.image;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import dev.hemline.topic.Rejection;
import java.nio.ByteBuffer;

/**
 * Turns an event's picture into the pixels that a model takes: decoded, upright, on white, in the model's channels, and
 * stretched to its height and width, whatever the picture's own shape; that is what torchvision's
 * {@code Resize((height, width))} does, and so what most models were trained on. Thread-safe; threads that share a decoder
 * share its memory, too: together they decode no more than two pictures of the largest size at a time.
 */
public final class ImageDecoder {
    private static final int LARGEST_AT_ONCE = 2;

    private final ImageLimits limits;
    private final PixelBudget budget;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
        this.budget = new PixelBudget((int) (LARGEST_AT_ONCE * limits.maxPixels()));
    }

    /**
     * Appends the picture to a batch.
     *
     * @param target receives channels × height × width unsigned bytes at its position, channel after channel
     * @throws UnfitImageException if the picture cannot be used; {@code target} is then as it was
     */
    public void decode(ImageEvent event, ModelInput input, ByteBuffer target) throws UnfitImageException {
        ByteBuffer content = event.getContent();
        if (!content.hasRemaining()) {
            throw new UnfitImageException(Rejection.SIZE_MISMATCH, "The content is empty; send the picture's bytes");
        }
        limits.requireBytes(content.remaining());
        switch (event.getFormat()) {
            case GRAY8 -> append(RawRows.read(event, 1, limits), input, target);
            case RGB8 -> append(RawRows.read(event, 3, limits), input, target);
            case PNG, JPEG, GIF, BMP, WEBP ->
                append(EncodedPicture.open(event.getFormat(), content, limits), input, target);
            case UNKNOWN ->
                throw new UnfitImageException(
                        Rejection.UNSUPPORTED_FORMAT,
                        "The event's format is UNKNOWN, or one that this release does not know; send GRAY8, RGB8, PNG,"
                                + " JPEG, GIF, BMP or WEBP");
        }
    }

    /**
     * Appends a picture file to a batch; its first bytes say which format it has.
     *
     * @param target as for events
     * @throws UnfitImageException if the file cannot be used; {@code target} is then as it was
     */
    public void decode(byte[] file, ModelInput input, ByteBuffer target) throws UnfitImageException {
        limits.requireBytes(file.length);
        ImageFormat format = FormatDetection.find(file)
                .orElseThrow(() -> new UnfitImageException(
                        Rejection.UNSUPPORTED_FORMAT, "It is no PNG, JPEG, GIF, BMP or WebP file"));
        append(EncodedPicture.open(format, ByteBuffer.wrap(file), limits), input, target);
    }

    private static void append(RawRows raw, ModelInput input, ByteBuffer target) {
        if (isAsTheModelTakesIt(raw, input)) {
            target.put(raw.bytes());
        } else {
            new Picture(raw, Orientation.UPRIGHT).scale(input, target);
        }
    }

    private void append(EncodedPicture file, ModelInput input, ByteBuffer target) throws UnfitImageException {
        try (PixelBudget.Share share = budget.take(file.pixels())) {
            file.decode().scale(input, target);
        }
    }

    private static boolean isAsTheModelTakesIt(RawRows raw, ModelInput input) {
        return raw.channels() == 1
                && input.getChannels() == 1
                && raw.width() == input.getWidth()
                && raw.height() == input.getHeight();
    }
}
