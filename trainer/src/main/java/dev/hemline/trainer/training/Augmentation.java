package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.FashionMnist;
import java.util.random.RandomGenerator;

/** Shows the same piece of clothing in another way each time: moved a little, and mirrored as often as not. */
final class Augmentation {
    private static final int WIDTH = FashionMnist.WIDTH;
    private static final int HEIGHT = FashionMnist.HEIGHT;
    private static final int LARGEST_SHIFT = 2;

    private Augmentation() {}

    /** Writes one image as a random variant to {@code to} at {@code offset}. */
    static void vary(byte[] from, byte[] to, int offset, RandomGenerator random) {
        boolean mirrored = random.nextBoolean();
        int right = random.nextInt(-LARGEST_SHIFT, LARGEST_SHIFT + 1);
        int down = random.nextInt(-LARGEST_SHIFT, LARGEST_SHIFT + 1);
        move(from, to, offset, mirrored, right, down);
    }

    /** What moves in from outside is background. */
    static void move(byte[] from, byte[] to, int offset, boolean mirrored, int right, int down) {
        for (int y = 0; y < HEIGHT; y++) {
            int sourceY = y - down;
            for (int x = 0; x < WIDTH; x++) {
                int sourceX = mirrored ? WIDTH - 1 - x + right : x - right;
                boolean inside = sourceX >= 0 && sourceX < WIDTH && sourceY >= 0 && sourceY < HEIGHT;
                to[offset + y * WIDTH + x] = inside ? from[sourceY * WIDTH + sourceX] : 0;
            }
        }
    }
}
