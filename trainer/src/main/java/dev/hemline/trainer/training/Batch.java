package dev.hemline.trainer.training;

/** Room for as many images as one step learns from; filled again and again. */
final class Batch {
    private final byte[] pixels;
    private final int[] labels;

    Batch(int images, int pixelsPerImage) {
        this.pixels = new byte[images * pixelsPerImage];
        this.labels = new int[images];
    }

    /** The array itself: unsigned bytes, image after image. */
    byte[] pixels() {
        return pixels;
    }

    /** The array itself: one label per image. */
    int[] labels() {
        return labels;
    }

    /** Images in it. */
    int size() {
        return labels.length;
    }
}
