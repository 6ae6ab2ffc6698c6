package dev.hemline.fashionmnist;

import java.util.List;
import java.util.Objects;

/** Grey images of 28 × 28 pixels with their labels: n × 784 unsigned bytes, row-major, and n labels 0–9. Immutable. */
public final class LabelledImages {

    private static final int PIXELS = FashionMnist.WIDTH * FashionMnist.HEIGHT;

    private final byte[] pixels;
    private final byte[] labels;

    private LabelledImages(byte[] pixels, byte[] labels) {
        this.pixels = pixels;
        this.labels = labels;
    }

    /**
     * Images made of copies of the arrays given.
     *
     * @param pixels n × 784 bytes, image after image
     * @param labels n labels, 0–9
     * @throws IllegalArgumentException if the lengths do not fit each other or a label is not a class
     */
    public static LabelledImages of(byte[] pixels, byte[] labels) {
        return wrap(pixels.clone(), labels.clone());
    }

    /** Images around arrays that nobody else will change: 47 MB need not be there twice. */
    static LabelledImages wrap(byte[] pixels, byte[] labels) {
        if (pixels.length != labels.length * PIXELS) {
            throw new IllegalArgumentException(
                    pixels.length + " pixels are not " + PIXELS + " for each of " + labels.length + " labels");
        }
        for (int index = 0; index < labels.length; index++) {
            if (labels[index] < 0 || labels[index] >= FashionMnist.CLASSES) {
                throw new IllegalArgumentException("label " + (labels[index] & 0xff) + " of image " + index
                        + " is not between 0 and " + (FashionMnist.CLASSES - 1));
            }
        }
        return new LabelledImages(pixels, labels);
    }

    /** Pixels across. */
    public int width() {
        return FashionMnist.WIDTH;
    }

    /** Pixels down. */
    public int height() {
        return FashionMnist.HEIGHT;
    }

    /** The classes in the order of their labels. */
    public List<String> classNames() {
        return FashionMnist.CLASS_NAMES;
    }

    /** How many images. */
    public int size() {
        return labels.length;
    }

    /** The class of one image, an index into {@link #classNames}. */
    public int label(int index) {
        return labels[index];
    }

    /** A copy of one image: 784 unsigned bytes, row-major, 0 for background. */
    public byte[] image(int index) {
        byte[] image = new byte[PIXELS];
        copyImage(index, image, 0);
        return image;
    }

    /** Copies the 784 bytes of one image to an offset in a larger array, a batch for instance. */
    public void copyImage(int index, byte[] target, int offset) {
        Objects.checkIndex(index, size());
        System.arraycopy(pixels, index * PIXELS, target, offset, PIXELS);
    }

    /** The images at these places, in this order; a place may come more than once. */
    public LabelledImages select(int[] indices) {
        byte[] selectedPixels = new byte[indices.length * PIXELS];
        byte[] selectedLabels = new byte[indices.length];
        for (int place = 0; place < indices.length; place++) {
            copyImage(indices[place], selectedPixels, place * PIXELS);
            selectedLabels[place] = labels[indices[place]];
        }
        return new LabelledImages(selectedPixels, selectedLabels);
    }
}
