package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {

    private static final LabelledImages THREE = Datasets.images(3);

    @TempDir
    Path folder;

    @Test
    void shouldReadPlainAndPackedFilesAlike() throws IOException {
        // Given
        byte[] idx = IdxWriter.images(THREE);
        Path plain = Files.write(folder.resolve("plain"), idx);
        Path packed = folder.resolve("packed.gz");
        IdxWriter.pack(idx, packed);

        // When
        IdxFile fromPlain = IdxFile.readImages(plain);
        IdxFile fromPacked = IdxFile.readImages(packed);

        // Then
        assertThat(fromPlain.count()).isEqualTo(3);
        assertThat(fromPlain.content()).hasSize(3 * 784).endsWith(3).startsWith(1);
        assertThat(fromPacked.content()).isEqualTo(fromPlain.content());
        assertThat(fromPacked.sha256()).isEqualTo(fromPlain.sha256()).hasSize(64);
    }

    @Test
    void shouldReadAPlainFileThatKeptItsPackedName() throws IOException {
        Path file = Files.write(folder.resolve("labels.gz"), IdxWriter.labels(THREE));

        assertThat(IdxFile.readLabels(file).content()).containsExactly(0, 1, 2);
    }

    @Test
    void shouldRefuseAFileCutShort() throws IOException {
        byte[] idx = IdxWriter.images(THREE);
        Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(idx, idx.length - 1));

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .hasMessage("is truncated: it should hold 2352 bytes after its header, and holds 2351");
    }

    @Test
    void shouldRefuseAPackedFileCutShort() throws IOException {
        Path whole = folder.resolve("whole.gz");
        IdxWriter.pack(IdxWriter.images(THREE), whole);
        byte[] packed = Files.readAllBytes(whole);
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, packed.length - 9));

        assertThatThrownBy(() -> IdxFile.readImages(file)).hasMessageContaining("is truncated");
    }

    @Test
    void shouldRefuseAPackedFileWithAFlippedByte() throws IOException {
        Path file = folder.resolve("flipped.gz");
        IdxWriter.pack(IdxWriter.images(THREE), file);
        byte[] packed = Files.readAllBytes(file);
        packed[packed.length - 7] ^= 1;
        Files.write(file, packed);

        assertThatThrownBy(() -> IdxFile.readImages(file)).hasMessageContaining("is damaged");
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        Path file = Files.write(folder.resolve("empty"), new byte[0]);

        assertThatThrownBy(() -> IdxFile.readLabels(file))
                .hasMessage("is truncated: 0 bytes are less than an IDX header");
    }

    @Test
    void shouldRefuseLabelsWhereImagesBelong() throws IOException {
        Path file = Files.write(folder.resolve("labels"), IdxWriter.labels(Datasets.images(20)));

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .hasMessage("is not the IDX file it should be: it starts with 0x00000801 instead of 0x00000803");
    }

    @Test
    void shouldRefuseAWebPageInPlaceOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("page"), "<!doctype html><title>Log in to the network</title>");

        assertThatThrownBy(() -> IdxFile.readImages(file)).hasMessageContaining("is not the IDX file");
    }

    @Test
    void shouldRefuseBytesBeyondTheEnd() throws IOException {
        byte[] idx = IdxWriter.labels(THREE);
        Path file = Files.write(folder.resolve("long"), Arrays.copyOf(idx, idx.length + 1));

        assertThatThrownBy(() -> IdxFile.readLabels(file))
                .hasMessage("is longer than the 3 bytes that its header promises");
    }

    @Test
    void shouldReadImagesOfAnySize() throws IOException {
        byte[] idx = IdxWriter.images(THREE);
        ByteBuffer.wrap(idx).putInt(8, 14).putInt(12, 56);

        IdxFile file = IdxFile.readImages(Files.write(folder.resolve("wide"), idx));

        assertThat(file.height()).isEqualTo(14);
        assertThat(file.width()).isEqualTo(56);
    }

    @Test
    void shouldRefuseAnAbsurdSizeBeforeMakingRoomForIt() throws IOException {
        byte[] idx = IdxWriter.images(THREE);
        Path side = Files.write(
                folder.resolve("side"),
                ByteBuffer.wrap(idx.clone()).putInt(8, 4097).array());
        Path all = Files.write(
                folder.resolve("all"),
                ByteBuffer.wrap(idx.clone())
                        .putInt(4, 1_000_000)
                        .putInt(8, 4096)
                        .array());

        assertThatThrownBy(() -> IdxFile.readImages(side)).hasMessageContaining("it promises 4097 pixels a side");
        assertThatThrownBy(() -> IdxFile.readImages(all))
                .hasMessageStartingWith("is too large: its header promises 114,");
    }

    @Test
    void shouldRefuseColourImages() throws IOException {
        byte[] idx = IdxWriter.images(THREE);
        ByteBuffer.wrap(idx).putInt(0, 0x0804);
        Path file = Files.write(folder.resolve("colour"), idx);

        assertThatThrownBy(() -> IdxFile.readImages(file))
                .hasMessage("is not the IDX file it should be: it starts with 0x00000804 instead of 0x00000803");
    }

    @Test
    void shouldRefuseAnAbsurdCountBeforeMakingRoomForIt() throws IOException {
        byte[] idx = IdxWriter.images(THREE);
        ByteBuffer.wrap(idx).putInt(4, -1);
        Path file = Files.write(folder.resolve("absurd"), idx);

        assertThatThrownBy(() -> IdxFile.readImages(file)).hasMessageContaining("it promises 4294967295 items");
    }
}
