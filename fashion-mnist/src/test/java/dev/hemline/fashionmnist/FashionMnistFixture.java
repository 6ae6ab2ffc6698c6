package dev.hemline.fashionmnist;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small cut of the real dataset for tests: 1,000 images to train with and 200 to test with, the same number of every
 * class.
 *
 * <p>Other modules get it with a dependency on fashion-mnist of type {@code test-jar}.
 */
public final class FashionMnistFixture {

    private FashionMnistFixture() {}

    /** The fixture, verified and read. */
    public static Dataset load() {
        try {
            Path folder = Files.createTempDirectory("fashion-mnist-fixture-");
            copyInto(folder);
            Dataset dataset = FashionMnist.load(folder);
            for (String name : names()) {
                Files.delete(folder.resolve(name));
            }
            Files.delete(folder);
            return dataset;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the fixture's files into a folder, which can then be given as {@code --data}. */
    public static void copyInto(Path folder) {
        for (String name : names()) {
            try (InputStream in = FashionMnistFixture.class.getResourceAsStream("fixture/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("fixture/" + name + " is not on the class path");
                }
                Files.copy(in, folder.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of(Checksums.FILE_NAME, "labels.txt"));
        for (DatasetFile file : DatasetFile.values()) {
            names.add(file.packedName());
        }
        return names;
    }
}
