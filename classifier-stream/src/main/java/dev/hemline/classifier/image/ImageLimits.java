package dev.hemline.classifier.image;

/**
 * What is refused before anything is decoded.
 *
 * @param maxBytes of an event's content
 * @param maxPixels width times height, read from a file's header
 */
public record ImageLimits(int maxBytes, long maxPixels) {
    /** Room for a large photo; a 16-million-pixel picture takes about 200 MB while it is decoded. */
    public static final ImageLimits DEFAULT = new ImageLimits(16 << 20, 16_000_000);

    public ImageLimits {
        if (maxBytes < 1 || maxPixels < 1) {
            throw new IllegalArgumentException(
                    "Image limits are at least 1, not " + maxBytes + " bytes and " + maxPixels + " pixels");
        }
    }
}
