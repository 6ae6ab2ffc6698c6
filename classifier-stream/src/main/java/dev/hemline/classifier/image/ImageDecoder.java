package dev.hemline.classifier.image;

import dev.hemline.classifier.outcome.Rejection;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelInput;
import java.nio.ByteBuffer;

/** Turns an event's picture into the pixels that a model takes: decoded, in the model's channels, scaled to its size. */
public final class ImageDecoder {
    private final ImageLimits limits;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * Appends the picture to a batch.
     *
     * @param target receives channels × height × width unsigned bytes at its position, channel after channel
     * @throws UnfitImageException if the picture cannot be used; {@code target} is then as it was
     */
    public void decode(ImageEvent event, ModelInput input, ByteBuffer target) throws UnfitImageException {
        Raster picture = raster(event);
        if (picture.channels() == input.getChannels()
                && picture.width() == input.getWidth()
                && picture.height() == input.getHeight()) {
            target.put(picture.samples());
        } else {
            AreaScaling.scale(
                    Channels.convert(picture, input.getChannels()), input.getHeight(), input.getWidth(), target);
        }
    }

    private Raster raster(ImageEvent event) throws UnfitImageException {
        ByteBuffer content = event.getContent();
        if (!content.hasRemaining()) {
            throw new UnfitImageException(Rejection.SIZE_MISMATCH, "The content is empty; send the picture's bytes");
        }
        if (content.remaining() > limits.maxBytes()) {
            throw new UnfitImageException(
                    Rejection.TOO_LARGE,
                    "The content has " + content.remaining() + " bytes, at most " + limits.maxBytes()
                            + " are decoded; send a smaller picture");
        }
        return switch (event.getFormat()) {
            case GRAY8 -> RawPictures.read(event, 1, limits);
            case RGB8 -> RawPictures.read(event, 3, limits);
            case PNG, JPEG, GIF, BMP -> EncodedPictures.read(event.getFormat(), content, limits);
            case WEBP, UNKNOWN ->
                throw new UnfitImageException(
                        Rejection.UNSUPPORTED_FORMAT,
                        "Pictures in format " + event.getFormat()
                                + " are not read; send GRAY8, RGB8, PNG, JPEG, GIF or BMP");
        };
    }
}
