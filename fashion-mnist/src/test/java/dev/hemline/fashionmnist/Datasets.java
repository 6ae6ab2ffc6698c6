package dev.hemline.fashionmnist;

/** Made-up datasets, small enough to look at. */
final class Datasets {

    private Datasets() {}

    /** The classes in turn; every pixel of image i is i + 1. */
    static LabelledImages images(int count) {
        byte[] pixels = new byte[count * FashionMnist.WIDTH * FashionMnist.HEIGHT];
        byte[] labels = new byte[count];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) (1 + index / (FashionMnist.WIDTH * FashionMnist.HEIGHT));
        }
        for (int index = 0; index < count; index++) {
            labels[index] = (byte) (index % FashionMnist.CLASSES);
        }
        return LabelledImages.of(pixels, labels);
    }

    static Dataset dataset(int train, int test) {
        return new Dataset(images(train), images(test));
    }
}
