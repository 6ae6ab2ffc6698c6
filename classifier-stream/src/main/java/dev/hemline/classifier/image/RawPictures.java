package dev.hemline.classifier.image;

import dev.hemline.classifier.outcome.Rejection;
import dev.hemline.event.ImageEvent;
import java.nio.ByteBuffer;

/** Reads GRAY8 and RGB8: bare samples whose count has to match the declared size. */
final class RawPictures {
    private RawPictures() {}

    static Raster read(ImageEvent event, int channels, ImageLimits limits) throws UnfitImageException {
        int width = event.getWidth();
        int height = event.getHeight();
        int bytes = event.getContent().remaining();
        if (width < 1 || height < 1 || (long) width * height * channels != bytes) {
            throw new UnfitImageException(
                    Rejection.SIZE_MISMATCH,
                    event.getFormat() + " of " + width + " x " + height + " pixels needs "
                            + Math.max(0, (long) width * height * channels) + " bytes, the content has " + bytes);
        }
        if ((long) width * height > limits.maxPixels()) {
            throw new UnfitImageException(
                    Rejection.TOO_LARGE, width + " x " + height + " pixels are more than " + limits.maxPixels());
        }
        ByteBuffer samples = event.getContent().slice();
        return new Raster(channels, height, width, channels == 1 ? samples : planar(samples, width * height));
    }

    /** From red, green, blue per pixel to all reds, all greens, all blues. */
    private static ByteBuffer planar(ByteBuffer interleaved, int pixels) {
        byte[] planes = new byte[3 * pixels];
        for (int pixel = 0; pixel < pixels; pixel++) {
            planes[pixel] = interleaved.get(3 * pixel);
            planes[pixels + pixel] = interleaved.get(3 * pixel + 1);
            planes[2 * pixels + pixel] = interleaved.get(3 * pixel + 2);
        }
        return ByteBuffer.wrap(planes);
    }
}
