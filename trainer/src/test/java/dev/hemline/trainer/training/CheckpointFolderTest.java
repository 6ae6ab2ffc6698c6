package dev.hemline.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.service.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFolderTest {
    private static final Dimensions GREY_28 = new Dimensions(1, 28, 28);
    private static final Network TINY = Networks.tiny(GREY_28, 10);
    private static final Path FULL_DISK = Path.of("/dev/full");

    @TempDir
    Path path;

    @Test
    void shouldGiveBackWhatWasSaved() {
        Checkpoint checkpoint = checkpoint(2);

        folder().save(checkpoint);

        Checkpoint read = folder().latest(TINY).orElseThrow();
        assertThat(read).usingRecursiveComparison().isEqualTo(checkpoint);
        assertThat(read.last().epoch()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheOneBefore() throws Exception {
        folder().save(checkpoint(1));
        folder().save(checkpoint(2));
        Files.delete(path.resolve("latest.ckpt"));

        assertThat(folder().latest(TINY).orElseThrow().last().epoch()).isEqualTo(1);
    }

    @Test
    void shouldNoticeASingleWrongBit() throws Exception {
        folder().save(checkpoint(1));
        folder().save(checkpoint(2));
        Path latest = path.resolve("latest.ckpt");
        byte[] bytes = Files.readAllBytes(latest);
        bytes[bytes.length / 2] ^= 4;
        Files.write(latest, bytes);

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> folder().latest(TINY))
                .withMessageContaining(latest + ": it is damaged")
                .withMessageEndingWith("delete it to go on from the one before, " + path.resolve("previous.ckpt"));
    }

    @Test
    void shouldNoticeAMissingEnd() throws Exception {
        folder().save(checkpoint(1));
        Path latest = path.resolve("latest.ckpt");
        byte[] bytes = Files.readAllBytes(latest);
        Files.write(latest, Arrays.copyOf(bytes, 20));

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> folder().latest(TINY))
                .withMessageContaining("it is damaged")
                .withMessageEndingWith("train without --resume to begin anew");
    }

    @Test
    void shouldSayWhenItBelongsToAnotherNetwork() {
        folder().save(checkpoint(1));

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> folder().latest(Networks.large(GREY_28, 10)))
                .withMessageContaining("it belongs to another network");
    }

    @Test
    void shouldKeepTheOneBeforeWhenTheDiskIsFull() throws Exception {
        // Given a place where everything written finds no space
        assumeTrue(Files.isWritable(FULL_DISK), "only Linux has a disk that is always full");
        folder().save(checkpoint(1));
        Files.createSymbolicLink(path.resolve("unfinished.ckpt"), FULL_DISK);

        // When the next checkpoint goes there
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> folder().save(checkpoint(2)))
                .withMessageContaining("cannot write the checkpoint of epoch 2 to " + path)
                .withMessageContaining("No space left on device");

        // Then the one before is still there
        assertThat(folder().latest(TINY).orElseThrow().last().epoch()).isEqualTo(1);
    }

    private CheckpointFolder folder() {
        return new CheckpointFolder(path, true);
    }

    private static Checkpoint checkpoint(int epoch) {
        List<EpochResult> history = IntStream.rangeClosed(1, epoch)
                .mapToObj(i -> new EpochResult(i, i * 1000L, 0.1, 1, 0.5, 0.4, 0.9, 1))
                .toList();
        return new Checkpoint(
                "a recipe",
                Weights.initial(TINY, epoch),
                new OptimizerState.Memory(epoch, Map.of("momentum/conv1_weight", new float[] {1, Float.MIN_VALUE})),
                Weights.initial(TINY, 100 + epoch),
                epoch,
                Weights.initial(TINY, 200 + epoch),
                history);
    }
}
