package dev.hemline.image;

import dev.hemline.topic.Rejection;

/**
 * What is refused before anything is decoded.
 *
 * @param maxBytes of an event's content
 * @param maxPixels width times height, read from a file's header
 */
public record ImageLimits(int maxBytes, long maxPixels) {
    /** Room for the photos that phones take. */
    public static final ImageLimits DEFAULT = new ImageLimits(16 << 20, 25_000_000);

    /** The most that fits into one Java array with four samples a pixel. */
    private static final long MOST_PIXELS = 500_000_000;

    public ImageLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("--max-image-bytes is at least 1, not " + maxBytes);
        }
        if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException("--max-image-pixels is 1 to " + MOST_PIXELS + ", not " + maxPixels);
        }
    }

    void requireBytes(int bytes) throws UnfitImageException {
        if (bytes > maxBytes) {
            throw new UnfitImageException(
                    Rejection.TOO_LARGE,
                    "The content has " + bytes + " bytes, at most " + maxBytes
                            + " are decoded; send a smaller picture");
        }
    }

    /** @param who what states the size, for the message */
    void requirePixels(String who, int width, int height) throws UnfitImageException {
        if ((long) width * height > maxPixels) {
            throw new UnfitImageException(
                    Rejection.TOO_LARGE,
                    who + " " + width + " x " + height + " pixels, at most " + maxPixels
                            + " are decoded; send a smaller picture");
        }
    }
}
