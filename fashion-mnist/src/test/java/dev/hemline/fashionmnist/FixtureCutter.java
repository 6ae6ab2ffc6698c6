package dev.hemline.fashionmnist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Makes the fixture anew from the real dataset: the first images of every class.
 *
 * <p>From the repository's root, after {@code mvn -pl fashion-mnist test-compile}:
 *
 * <pre>
 * java -cp fashion-mnist/target/classes:fashion-mnist/target/test-classes dev.hemline.fashionmnist.FixtureCutter \
 *     /usr/share/datasets/fashion-mnist fashion-mnist/src/test/resources/dev/hemline/fashionmnist/fixture
 * </pre>
 */
final class FixtureCutter {

    static final int TRAIN_PER_CLASS = 100;
    static final int TEST_PER_CLASS = 20;

    private FixtureCutter() {}

    public static void main(String[] arguments) throws IOException {
        Dataset whole = IdxFiles.read(Path.of(arguments[0]), "Give the folder of the real dataset.")
                .asFashionMnist();
        IdxWriter.write(cut(whole), Path.of(arguments[1]));
    }

    static Dataset cut(Dataset whole) {
        return new Dataset(
                firstOfEachClass(whole.train(), TRAIN_PER_CLASS), firstOfEachClass(whole.test(), TEST_PER_CLASS));
    }

    /** In the order of the file, so that the classes stay as mixed as they are there. */
    private static LabelledImages firstOfEachClass(LabelledImages images, int perClass) {
        int[] taken = new int[FashionMnist.CLASSES];
        return images.select(IntStream.range(0, images.size())
                .filter(index -> taken[images.label(index)]++ < perClass)
                .toArray());
    }
}
