package dev.hemline.image;

import dev.hemline.event.ImageEvent;
import dev.hemline.topic.Rejection;

/** Reads GRAY8 and RGB8: bare samples whose count has to match the declared size. */
final class RawPictures {
    private RawPictures() {}

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
}
