package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenFolderTest {
    private static final List<String> SHAPES = List.of("circle", "square", "star");

    @TempDir
    Path path;

    @BeforeEach
    void writeShapes() throws IOException {
        IdxWriter.write(new Dataset(shapes(9, 16, 12), shapes(6, 16, 12)), path);
    }

    @Test
    void shouldReadImagesOfAnySizeWithTheClassesThatTheFolderNames() {
        Dataset dataset = new GivenFolder(path).read();

        assertThat(dataset.train().size()).isEqualTo(9);
        assertThat(dataset.train().width()).isEqualTo(16);
        assertThat(dataset.train().height()).isEqualTo(12);
        assertThat(dataset.test().classNames()).isEqualTo(SHAPES);
    }

    @Test
    void shouldTakeASetThatNobodyVouchesForAsItIs() throws IOException {
        Files.delete(path.resolve(Checksums.FILE_NAME));
        Files.move(path.resolve("labels.txt"), path.resolve("classes.txt"));

        assertThat(new GivenFolder(path).read().train().classNames()).isEqualTo(SHAPES);
    }

    @Test
    void shouldNumberClassesThatHaveNoNames() throws IOException {
        Files.delete(path.resolve("labels.txt"));

        assertThat(new GivenFolder(path).read().train().classNames()).containsExactly("0", "1", "2");
    }

    @Test
    void shouldTakeASetAsLargeAsFashionMnistThatIsAnother() throws IOException {
        IdxWriter.write(new Dataset(shapes(9, 2, 2), shapes(10_000, 2, 2)), path);

        assertThat(new GivenFolder(path).read().test().size()).isEqualTo(10_000);
    }

    @Test
    void shouldReadFilesNamedAsTheSiteOfMnistNamesThem() throws IOException {
        Files.move(path.resolve("train-images-idx3-ubyte.gz"), path.resolve("train-images.idx3-ubyte.gz"));

        assertThat(new GivenFolder(path).read().train().size()).isEqualTo(9);
    }

    @Test
    void shouldHoldAFolderToItsOwnSums() throws IOException {
        byte[] altered = IdxWriter.images(shapes(6, 16, 12));
        altered[100]++;
        IdxWriter.pack(altered, path.resolve("t10k-images-idx3-ubyte.gz"));

        assertThatThrownBy(() -> new GivenFolder(path).read())
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(path.resolve("t10k-images-idx3-ubyte.gz") + " is altered")
                .hasMessageContaining("SHA256SUMS next to it has");
    }

    @Test
    void shouldRefuseAFileThatTheSumsForget() throws IOException {
        Path sums = path.resolve(Checksums.FILE_NAME);
        Files.write(sums, Files.readAllLines(sums).subList(0, 3));

        assertThatThrownBy(() -> new GivenFolder(path).read())
                .hasMessageContaining("t10k-labels-idx1-ubyte.gz is not listed in SHA256SUMS");
    }

    @Test
    void shouldRefuseTestImagesOfAnotherSizeThanTrainingImages() throws IOException {
        IdxWriter.pack(IdxWriter.images(shapes(6, 8, 12)), path.resolve("t10k-images-idx3-ubyte.gz"));
        Files.delete(path.resolve(Checksums.FILE_NAME));

        assertThatThrownBy(() -> new GivenFolder(path).read())
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(
                        "t10k-images-idx3-ubyte.gz does not fit the training file: the training images have"
                                + " 16 x 12 pixels, the test images 8 x 12");
    }

    @Test
    void shouldRefuseNamesThatDoNotReachEveryLabel() throws IOException {
        Files.write(path.resolve("labels.txt"), List.of("circle", "square"));

        assertThatThrownBy(() -> new GivenFolder(path).read())
                .hasMessageStartingWith(path.resolve("labels.txt") + " names 2 classes; the labels go up to 2");
    }

    @Test
    void shouldRefuseANameGivenTwice() throws IOException {
        Files.write(path.resolve("labels.txt"), List.of("circle", "square", "circle"));

        assertThatThrownBy(() -> new GivenFolder(path).read()).hasMessageContaining("labels.txt names circle twice");
    }

    @Test
    void shouldRefuseNamesThatAreNoText() throws IOException {
        Files.write(path.resolve("labels.txt"), new byte[] {(byte) 0xff, 1});

        assertThatThrownBy(() -> new GivenFolder(path).read())
                .hasMessageContaining("labels.txt cannot be read as UTF-8 text");
    }

    /** The classes in turn. */
    private static LabelledImages shapes(int count, int width, int height) {
        byte[] labels = new byte[count];
        for (int index = 0; index < count; index++) {
            labels[index] = (byte) (index % SHAPES.size());
        }
        return LabelledImages.of(width, height, SHAPES, new byte[count * width * height], labels);
    }
}
