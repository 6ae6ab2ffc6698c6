package dev.hemline.fashionmnist;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Grey images of one size with their labels: n × height × width unsigned bytes, row-major, and n labels. Immutable. */
public final class LabelledImages {

    /** A label is one unsigned byte. */
    public static final int MOST_CLASSES = 256;

    private final int width;
    private final int height;
    private final List<String> classNames;
    private final byte[] pixels;
    private final byte[] labels;

    private LabelledImages(int width, int height, List<String> classNames, byte[] pixels, byte[] labels) {
        this.width = width;
        this.height = height;
        this.classNames = List.copyOf(classNames);
        this.pixels = pixels;
        this.labels = labels;
    }

    /** Images of the size and classes of Fashion-MNIST; see {@link #of(int, int, List, byte[], byte[])}. */
    public static LabelledImages of(byte[] pixels, byte[] labels) {
        return of(FashionMnist.WIDTH, FashionMnist.HEIGHT, FashionMnist.CLASS_NAMES, pixels, labels);
    }

    /**
     * Images around arrays that nobody will change from here on: 47 MB need not be there twice.
     *
     * @param width pixels across, at least 1
     * @param height pixels down, at least 1
     * @param classNames in the order of their labels, at least one and at most {@link #MOST_CLASSES}
     * @param pixels n × height × width bytes, image after image, 0 for background
     * @param labels n indices into the names, as unsigned bytes
     * @throws IllegalArgumentException if the lengths do not fit each other or a label is not a class
     */
    public static LabelledImages of(int width, int height, List<String> classNames, byte[] pixels, byte[] labels) {
        if (classNames.isEmpty() || classNames.size() > MOST_CLASSES) {
            throw new IllegalArgumentException(classNames.size() + " classes are not 1 to " + MOST_CLASSES);
        }
        if (width < 1 || height < 1 || pixels.length != (long) labels.length * width * height) {
            throw new IllegalArgumentException("%s pixels are not %s x %s for each of %s labels"
                    .formatted(pixels.length, width, height, labels.length));
        }
        for (int index = 0; index < labels.length; index++) {
            if ((labels[index] & 0xff) >= classNames.size()) {
                throw new IllegalArgumentException("label " + (labels[index] & 0xff) + " of image " + index
                        + " is not between 0 and " + (classNames.size() - 1));
            }
        }
        return new LabelledImages(width, height, classNames, pixels, labels);
    }

    /** Pixels across. */
    public int width() {
        return width;
    }

    /** Pixels down. */
    public int height() {
        return height;
    }

    /** The classes in the order of their labels. */
    public List<String> classNames() {
        return classNames;
    }

    /** How many images. */
    public int size() {
        return labels.length;
    }

    /** The class of one image, an index into {@link #classNames}. */
    public int label(int index) {
        return labels[index] & 0xff;
    }

    /** A copy of one image: height × width unsigned bytes, row-major, 0 for background. */
    public byte[] image(int index) {
        byte[] image = new byte[width * height];
        copyImage(index, image, 0);
        return image;
    }

    /** Copies the bytes of one image to an offset in a larger array, a batch for instance. */
    public void copyImage(int index, byte[] target, int offset) {
        Objects.checkIndex(index, size());
        System.arraycopy(pixels, index * width * height, target, offset, width * height);
    }

    /** The images at these places, in this order; a place may come more than once. */
    public LabelledImages select(int[] indices) {
        byte[] selectedPixels = new byte[Math.multiplyExact(indices.length, width * height)];
        byte[] selectedLabels = new byte[indices.length];
        for (int place = 0; place < indices.length; place++) {
            copyImage(indices[place], selectedPixels, place * width * height);
            selectedLabels[place] = labels[indices[place]];
        }
        return new LabelledImages(width, height, classNames, selectedPixels, selectedLabels);
    }

    /** The same images with other pixels: a function of a copy of each one's own. */
    public LabelledImages changed(UnaryOperator<byte[]> change) {
        byte[] changed = new byte[pixels.length];
        for (int index = 0; index < labels.length; index++) {
            System.arraycopy(change.apply(image(index)), 0, changed, index * width * height, width * height);
        }
        return new LabelledImages(width, height, classNames, changed, labels);
    }

    /**
     * The same images with other labels.
     *
     * @throws IllegalArgumentException if one of them is not a class
     */
    public LabelledImages relabelled(IntUnaryOperator change) {
        byte[] changed = new byte[labels.length];
        for (int index = 0; index < labels.length; index++) {
            changed[index] = (byte) change.applyAsInt(label(index));
        }
        return of(width, height, classNames, pixels, changed);
    }

    /** The first so many images, or all if there are no more. */
    public LabelledImages first(int most) {
        return select(IntStream.range(0, Math.min(most, size())).toArray());
    }

    /** The images of one set and then those of another of the same size and classes. */
    public static LabelledImages concat(LabelledImages first, LabelledImages second) {
        byte[] pixels = Arrays.copyOf(first.pixels, first.pixels.length + second.pixels.length);
        System.arraycopy(second.pixels, 0, pixels, first.pixels.length, second.pixels.length);
        byte[] labels = Arrays.copyOf(first.labels, first.labels.length + second.labels.length);
        System.arraycopy(second.labels, 0, labels, first.labels.length, second.labels.length);
        return new LabelledImages(first.width, first.height, first.classNames, pixels, labels);
    }
}
