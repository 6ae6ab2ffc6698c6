package dev.hemline.benchmarks.scale;

import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.fashionmnist.FashionMnist;
import java.util.List;

/**
 * What to measure.
 *
 * @param dimensions each with all else as usual
 * @param partitions of the topics
 * @param backlogs numbers of events
 * @param instances of the classifier
 * @param sizes of images in bytes; raw pixels if they are as many, otherwise JPEG files
 * @param events in a turn, unless images are large or a backlog is
 * @param warmUp events that a new process works off before it counts
 * @param rounds in which every value has its turn
 * @param model that classifies
 */
record ScaleSettings(
        List<Dimension> dimensions,
        List<Integer> partitions,
        List<Integer> backlogs,
        List<Integer> instances,
        List<Integer> sizes,
        int events,
        int warmUp,
        int rounds,
        PeerModel model) {
    static final int RAW_BYTES = FashionMnist.WIDTH * FashionMnist.HEIGHT;

    /** With what else is in an event, brokers take this by default. */
    private static final int MOST_BYTES = 1_000_000;

    private static final int LEAST_JPEG_BYTES = 2_000;

    /** Of a turn with large images, and no less than a few dozen of them. */
    private static final int TURN_BYTES = 50_000_000;

    private static final int FEWEST = 50;

    ScaleSettings {
        dimensions = List.copyOf(dimensions);
        partitions = within("--partitions", 1, 1000, partitions);
        backlogs = within("--backlogs", 100, 10_000_000, backlogs);
        instances = within("--instances", 1, 16, instances);
        sizes = List.copyOf(sizes);
        for (int size : sizes) {
            require(
                    size == RAW_BYTES || (size >= LEAST_JPEG_BYTES && size <= MOST_BYTES),
                    "--sizes are " + RAW_BYTES + " for raw pixels, and " + LEAST_JPEG_BYTES + " to " + MOST_BYTES
                            + " for JPEG files, not " + size);
        }
        require(!sizes.isEmpty(), "--sizes is empty");
        require(events >= 1000 && events <= 10_000_000, "--events is 1000 to 10000000, not " + events);
        require(warmUp >= 100 && warmUp <= 10_000_000, "--warm-up is 100 to 10000000, not " + warmUp);
        require(rounds >= 1 && rounds <= 1000, "--rounds is 1 to 1000, not " + rounds);
    }

    /** Events in a turn with images of that size. */
    int events(int imageBytes) {
        return few(events, imageBytes);
    }

    /** Events with images of that size until compilers and allocators have settled. */
    int warmUp(int imageBytes) {
        return few(warmUp, imageBytes);
    }

    private static int few(int most, int imageBytes) {
        return imageBytes == RAW_BYTES ? most : Math.min(most, Math.max(FEWEST, TURN_BYTES / imageBytes));
    }

    private static List<Integer> within(String flag, int least, int most, List<Integer> values) {
        require(!values.isEmpty(), flag + " is empty");
        for (int value : values) {
            require(value >= least && value <= most, flag + " are " + least + " to " + most + ", not " + value);
        }
        return List.copyOf(values);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
