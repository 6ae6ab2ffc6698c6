package dev.hemline.image;

import dev.hemline.topic.Rejection;
import java.time.Duration;

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
    /** The longest that JPEG and GIF can state, so everything that takes or draws pictures stays below; a row is a MB. */
    private static final int LONGEST_SIDE = 65_535;
    /**
     * Enough for a plain JPEG three times over, and for what phones take as a lossy WebP (12 million pixels at 100 ns);
     * by default 1.5 s of a slow core.
     */
    private static final long NANOS_A_PIXEL = 60;
    /** However few pixels are allowed. */
    private static final long LEAST_NANOS = Duration.ofMillis(100).toNanos();

    public ImageLimits {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("--max-image-bytes is at least 1, not " + maxBytes);
        }
        if (maxPixels < 1 || maxPixels > MOST_PIXELS) {
            throw new IllegalArgumentException("--max-image-pixels is 1 to " + MOST_PIXELS + ", not " + maxPixels);
        }
    }

    /** The most that decoding one picture may take of a slow core: 1.5 s by default, in proportion to its pixels. */
    public Duration maxWork() {
        return Duration.ofNanos(Math.max(LEAST_NANOS, NANOS_A_PIXEL * maxPixels));
    }

    void requireBytes(int bytes) throws UnfitImageException {
        if (bytes > maxBytes) {
            throw tooLarge("The content has " + bytes + " bytes, at most " + maxBytes
                    + " are decoded; send a smaller picture");
        }
    }

    /** @param who what states the size, for the message */
    void requirePixels(String who, int width, int height) throws UnfitImageException {
        if ((long) width * height > maxPixels) {
            throw tooLarge(who + " " + width + " x " + height + " pixels, at most " + maxPixels
                    + " are decoded; send a smaller picture");
        }
        if (Math.max(width, height) > LONGEST_SIDE) {
            throw tooLarge(who + " " + width + " x " + height + " pixels, at most " + LONGEST_SIDE
                    + " a side are decoded; send a part of it, or a smaller picture");
        }
    }

    /** @param memory what there is for all pictures together, in bytes */
    void requireCost(Cost cost, long memory) throws UnfitImageException {
        if (cost.bytes() > memory) {
            throw tooLarge("Decoding it takes about " + mebibytes(cost.bytes()) + " MiB of memory, and all pictures"
                    + " together have " + mebibytes(memory) + " here, one part in " + MemoryBudget.SHARE_OF_HEAP
                    + " of the heap; send a smaller picture, or start the program with a larger heap (-Xmx)");
        }
        if (cost.nanos() > maxWork().toNanos()) {
            throw tooLarge("Decoding it takes about "
                    + Duration.ofNanos(cost.nanos()).toMillis() + " ms, at most "
                    + maxWork().toMillis() + " are granted, " + NANOS_A_PIXEL + " ns for each of " + maxPixels
                    + " pixels; send a smaller picture, or one in fewer passes");
        }
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }

    private static UnfitImageException tooLarge(String message) {
        return new UnfitImageException(Rejection.TOO_LARGE, message);
    }
}
