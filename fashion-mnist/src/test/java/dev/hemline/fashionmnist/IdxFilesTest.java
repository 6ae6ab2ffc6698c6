package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFilesTest {

    @TempDir
    Path path;

    @BeforeEach
    void writeAStandIn() throws IOException {
        IdxWriter.write(Datasets.dataset(30, 20), path);
    }

    private Dataset read() {
        return IdxFiles.read(path, "Do something about it.").asFashionMnist();
    }

    @Test
    void shouldReadAStandInThatListsItsOwnSums() {
        Dataset dataset = read();

        assertThat(dataset.train().size()).isEqualTo(30);
        assertThat(dataset.test().size()).isEqualTo(20);
        assertThat(dataset.train().label(12)).isEqualTo(2);
        assertThat(dataset.train().image(12)).hasSize(784).containsOnly(13);
    }

    @Test
    void shouldRefuseAStandInThatListsNoSums() throws IOException {
        Files.delete(path.resolve(Checksums.FILE_NAME));

        assertThatThrownBy(this::read)
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("train-images-idx3-ubyte.gz holds 30 items instead of 60,000")
                .hasMessageContaining("SHA256SUMS")
                .hasMessageEndingWith("Do something about it.");
    }

    @Test
    void shouldNameAnAlteredFileAndTheRemedy() throws IOException {
        // Given
        byte[] altered = IdxWriter.images(Datasets.images(20));
        altered[500]++;
        IdxWriter.pack(altered, path.resolve("t10k-images-idx3-ubyte.gz"));

        // When, Then
        assertThatThrownBy(this::read)
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(path.resolve("t10k-images-idx3-ubyte.gz") + " is altered")
                .hasMessageEndingWith("Do something about it.");
    }

    @Test
    void shouldRefuseOfficialSizeFilesThatDifferEvenWithSumsOfTheirOwn() throws IOException {
        IdxWriter.write(Datasets.dataset(30, 10_000), path);

        assertThatThrownBy(this::read)
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("t10k-images-idx3-ubyte.gz is altered")
                .hasMessageContaining("the published dataset has 5b4141f0");
    }

    @Test
    void shouldNameATruncatedFile() throws IOException {
        Files.write(path.resolve("train-labels-idx1-ubyte.gz"), new byte[] {0x1f, (byte) 0x8b, 8});

        assertThatThrownBy(this::read)
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("train-labels-idx1-ubyte.gz is truncated");
    }

    @Test
    void shouldNameAMissingFileAndWhatToDo() throws IOException {
        Files.delete(path.resolve("t10k-labels-idx1-ubyte.gz"));

        assertThatThrownBy(this::read)
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith(path.resolve("t10k-labels-idx1-ubyte.gz") + " is missing")
                .hasMessageContaining("--data");
    }

    @Test
    void shouldAcceptUnpackedFiles() throws IOException {
        Files.delete(path.resolve("t10k-labels-idx1-ubyte.gz"));
        Files.write(path.resolve("t10k-labels-idx1-ubyte"), IdxWriter.labels(Datasets.images(20)));

        assertThat(read().test().label(19)).isEqualTo(9);
    }

    @Test
    void shouldRefuseMoreLabelsThanImages() throws IOException {
        // Given
        IdxWriter.write(Datasets.dataset(31, 20), path);
        Path images = path.resolve("train-images-idx3-ubyte.gz");
        byte[] fewer = IdxWriter.images(Datasets.images(30));
        IdxWriter.pack(fewer, images);
        String sum = IdxFile.readImages(images).sha256();
        Path sums = path.resolve(Checksums.FILE_NAME);
        Files.writeString(sums, Files.readString(sums).replaceFirst("[0-9a-f]{64}", sum));

        // When, Then
        assertThatThrownBy(this::read)
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("train-labels-idx1-ubyte.gz holds 31 labels for the 30 images of");
    }

    @Test
    void shouldLoadTheFixtureThatOtherModulesUse() {
        Dataset fixture = FashionMnistFixture.load();

        assertThat(fixture.train().size()).isEqualTo(1_000);
        assertThat(fixture.test().size()).isEqualTo(200);
        assertThat(fixture.test().label(0))
                .as("the first test image is an ankle boot")
                .isEqualTo(9);
    }
}
