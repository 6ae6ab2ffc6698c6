package dev.hemline.producer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Goes through n images in a shuffled order, and again in another order, for ever. A seed fixes all orders. */
final class ImageDraw {

    private final List<Integer> order;
    private final Random random;
    private int drawn;

    ImageDraw(int images, long seed) {
        if (images < 1) {
            throw new IllegalArgumentException("there are no images to draw from");
        }
        this.order = new ArrayList<>(IntStream.range(0, images).boxed().toList());
        this.random = new Random(seed);
    }

    /** The index of the next image. */
    int next() {
        int place = drawn % order.size();
        if (place == 0) {
            Collections.shuffle(order, random);
            drawn = 0;
        }
        drawn++;
        return order.get(place);
    }
}
