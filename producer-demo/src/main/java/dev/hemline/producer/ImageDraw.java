package dev.hemline.producer;

import java.util.Random;
import java.util.stream.IntStream;

/** Goes through n images in a shuffled order, and again in another order, for ever. A seed fixes all orders. */
final class ImageDraw {

    private final int[] order;
    private final Random random;
    private int drawn;

    ImageDraw(int images, long seed) {
        if (images < 1) {
            throw new IllegalArgumentException("there are no images to draw from");
        }
        this.order = IntStream.range(0, images).toArray();
        this.random = new Random(seed);
    }

    /** The index of the next image. */
    int next() {
        int place = drawn % order.length;
        if (place == 0) {
            shuffle();
            drawn = 0;
        }
        drawn++;
        return order[place];
    }

    private void shuffle() {
        for (int last = order.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = order[last];
            order[last] = order[other];
            order[other] = swapped;
        }
    }
}
