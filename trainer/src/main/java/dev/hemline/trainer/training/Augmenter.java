package dev.hemline.trainer.training;

import dev.hemline.fashionmnist.Corruption;
import java.util.random.RandomGenerator;

/** Shows the same picture in another way each time, as an {@link Augmentation} says. */
final class Augmenter {
    private static final double SMALLEST_ERASED = 0.02;
    private static final double LARGEST_ERASED = 0.25;
    private static final double LONGEST_SIDE = 3;

    private final Augmentation augmentation;
    private final int width;
    private final int height;

    Augmenter(Augmentation augmentation, int width, int height) {
        this.augmentation = augmentation;
        this.width = width;
        this.height = height;
    }

    /** Writes one image as a random variant to {@code to} at {@code offset}. */
    void vary(byte[] from, byte[] to, int offset, RandomGenerator random) {
        boolean mirrored = augmentation.mirror() && random.nextBoolean();
        int right = random.nextInt(-augmentation.shift(), augmentation.shift() + 1);
        int down = random.nextInt(-augmentation.shift(), augmentation.shift() + 1);
        move(turn(from, random), to, offset, mirrored, right, down);
        if (random.nextDouble() < augmentation.erase()) {
            erase(to, offset, random);
        }
    }

    private byte[] turn(byte[] from, RandomGenerator random) {
        if (augmentation.rotate() == 0) {
            return from;
        }
        double degrees = random.nextDouble(-augmentation.rotate(), augmentation.rotate());
        return Corruption.rotate(degrees).apply(from, width, height, random);
    }

    /** What moves in from outside is background. */
    void move(byte[] from, byte[] to, int offset, boolean mirrored, int right, int down) {
        for (int y = 0; y < height; y++) {
            int sourceY = y - down;
            for (int x = 0; x < width; x++) {
                int sourceX = mirrored ? width - 1 - x + right : x - right;
                boolean inside = sourceX >= 0 && sourceX < width && sourceY >= 0 && sourceY < height;
                to[offset + y * width + x] = inside ? from[sourceY * width + sourceX] : 0;
            }
        }
    }

    /** Overwrites a random rectangle with noise, which unlike any fixed grey looks like nothing that people wear. */
    private void erase(byte[] image, int offset, RandomGenerator random) {
        double area = random.nextDouble(SMALLEST_ERASED, LARGEST_ERASED) * width * height;
        double sides = Math.exp(random.nextDouble(-Math.log(LONGEST_SIDE), Math.log(LONGEST_SIDE)));
        int across = Math.min(width, (int) Math.round(Math.sqrt(area * sides)));
        int along = Math.min(height, (int) Math.round(Math.sqrt(area / sides)));
        int left = random.nextInt(width - across + 1);
        int top = random.nextInt(height - along + 1);
        for (int y = top; y < top + along; y++) {
            for (int x = left; x < left + across; x++) {
                image[offset + y * width + x] = (byte) random.nextInt();
            }
        }
    }
}
