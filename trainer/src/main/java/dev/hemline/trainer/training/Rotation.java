package dev.hemline.trainer.training;

/** Turns pictures about their centre. What turns in from outside is background. */
final class Rotation {
    private final int width;
    private final int height;

    Rotation(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Writes a turned copy.
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
}
