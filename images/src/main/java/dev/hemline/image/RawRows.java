package dev.hemline.image;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ModelInput;
import dev.hemline.topic.Rejection;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Bare samples as they were sent: GRAY8 or RGB8. */
record RawRows(int channels, int height, int width, ByteBuffer bytes) implements PixelRows, OpenPicture {
    /** @throws UnfitImageException if there are not as many samples as the declared size needs, or too many for the limits */
    static RawRows read(ImageEvent event, int channels, ImageLimits limits) throws UnfitImageException {
        int width = event.getWidth();
        int height = event.getHeight();
        int bytes = event.getContent().remaining();
        if (width < 1 || height < 1 || (long) width * height * channels != bytes) {
            throw new UnfitImageException(
                    Rejection.SIZE_MISMATCH,
                    event.getFormat() + " of " + width + " x " + height + " pixels needs "
                            + Math.max(0, (long) width * height * channels) + " bytes, the content has " + bytes);
        }
        limits.requirePixels("The event says", width, height);
        return new RawRows(channels, height, width, event.getContent().slice());
    }

    @Override
    public void read(int y, int[] samples) {
        int count = width * channels;
        for (int i = 0, from = y * count; i < count; i++) {
            samples[i] = bytes.get(from + i) & 0xFF;
        }
    }

    @Override
    public Duration work() {
        return Duration.ofNanos(AreaScaling.nanos(width, height));
    }

    @Override
    public void decode(ModelInput input, ByteBuffer target) {
        if (channels == 1 && input.getChannels() == 1 && width == input.getWidth() && height == input.getHeight()) {
            target.put(bytes.duplicate());
        } else {
            new Picture(this, Orientation.UPRIGHT).scale(input, target);
        }
    }
}
