package dev.hemline.image;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelInput;
import dev.hemline.topic.FileSignature;
import dev.hemline.topic.Rejection;
import java.nio.ByteBuffer;

/**
 * Turns an event's picture into the pixels that a model takes: decoded, upright, on white, in the model's channels, and
 * stretched to its height and width, whatever the picture's own shape; that is what torchvision's
 * {@code Resize((height, width))} does, and so what most models were trained on. Thread-safe; all decoders of a program
 * share its memory: together they hold no more than half of its heap.
 */
public final class ImageDecoder {
    private final ImageLimits limits;
    private final MemoryBudget memory;

    public ImageDecoder(ImageLimits limits) {
        this(limits, MemoryBudget.OF_HEAP);
    }

    ImageDecoder(ImageLimits limits, MemoryBudget memory) {
        this.limits = limits;
        this.memory = memory;
    }

    /**
     * Appends the picture to a batch.
     *
     * @param target receives channels × height × width unsigned bytes at its position, channel after channel
     * @throws UnfitImageException if the picture cannot be used; {@code target} is then as it was
     */
    public void decode(ImageEvent event, ModelInput input, ByteBuffer target) throws UnfitImageException {
        open(event).decode(input, target);
    }

    /**
     * Appends a picture file to a batch; its first bytes say which format it has.
     *
     * @param target as for events
     * @throws UnfitImageException if the file cannot be used; {@code target} is then as it was
     */
    public void decode(byte[] file, ModelInput input, ByteBuffer target) throws UnfitImageException {
        limits.requireBytes(file.length);
        EncodedPicture.open(FormatDetection.of(file), ByteBuffer.wrap(file), limits, memory)
                .decode(input, target);
    }

    /**
     * Reads the header of an event's picture and nothing more.
     *
     * @throws UnfitImageException if the picture cannot be used, or would take more than the limits allow
     */
    public OpenPicture open(ImageEvent event) throws UnfitImageException {
        ByteBuffer content = event.getContent();
        if (!content.hasRemaining()) {
            throw new UnfitImageException(Rejection.SIZE_MISMATCH, "The content is empty; send the picture's bytes");
        }
        limits.requireBytes(content.remaining());
        ImageFormat format = event.getFormat();
        return switch (format) {
            case GRAY8 -> RawRows.read(event, 1, limits);
            case RGB8 -> RawRows.read(event, 3, limits);
            case PNG, JPEG, GIF, BMP, WEBP -> EncodedPicture.open(format, content, limits, memory);
            case UNKNOWN ->
                throw new UnfitImageException(
                        Rejection.UNSUPPORTED_FORMAT,
                        FileSignature.of(content)
                                .filter(found -> found.format().isEmpty())
                                .map(FormatDetection::notRead)
                                .orElse("The event's format is UNKNOWN, or one that this release does not know; send"
                                        + " GRAY8, RGB8, PNG, JPEG, GIF, BMP or WEBP"));
        };
    }
}
