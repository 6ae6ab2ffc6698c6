package dev.hemline.trainer.training;

import java.util.random.RandomGenerator;

/** Shows the same picture in another way each time, as an {@link Augmentation} says. */
final class Augmenter {
    private static final double SMALLEST_ERASED = 0.02;
    private static final double LARGEST_ERASED = 0.25;
    private static final double LONGEST_SIDE = 3;

    private final Augmentation augmentation;
    private final int width;
    private final int height;
    private final byte[] turned;

    Augmenter(Augmentation augmentation, int width, int height) {
        this.augmentation = augmentation;
        this.width = width;
        this.height = height;
        this.turned = new byte[width * height];
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
        turn(from, turned, random.nextDouble(-augmentation.rotate(), augmentation.rotate()));
        return turned;
    }

    /**
     * Writes a copy that is turned about its centre. What turns in from outside is background.
     *
     * @param from unsigned bytes, row after row
     * @param to as large as {@code from}, and another array
     * @param degrees clockwise
     */
    void turn(byte[] from, byte[] to, double degrees) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double right = x - centreX;
                double down = y - centreY;
                to[y * width + x] = (byte) Math.round(
                        between(from, centreX + right * cos + down * sin, centreY + down * cos - right * sin));
            }
        }
    }

    /** The brightness at a point between pixels: of the four around it, each the more the nearer. */
    private double between(byte[] image, double x, double y) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        double toRight = x - left;
        double toBottom = y - top;
        double above = pixel(image, left, top) * (1 - toRight) + pixel(image, left + 1, top) * toRight;
        double below = pixel(image, left, top + 1) * (1 - toRight) + pixel(image, left + 1, top + 1) * toRight;
        return above * (1 - toBottom) + below * toBottom;
    }

    private int pixel(byte[] image, int x, int y) {
        return x >= 0 && x < width && y >= 0 && y < height ? Byte.toUnsignedInt(image[y * width + x]) : 0;
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
