package dev.hemline.model.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ExampleModel;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.model.serving.Sha256;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModelChunksTest {
    private final byte[] archive = randomBytes(2 * ModelChunks.LARGEST_BYTES + 1);
    private final ModelManifest manifest = ExampleModel.manifest(ExampleModel.archive())
            .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 3))
            .build();
    private final List<ModelChunk> chunks = new ArrayList<>(ModelChunks.split("fashion-mnist", 1, archive));

    @Test
    void shouldJoinWhatItSplitInAnyOrder() throws Exception {
        Collections.reverse(chunks);

        assertThat(ModelChunks.join(manifest, chunks)).isEqualTo(archive);
        assertThat(ModelChunks.join(manifest, chunks)).as("a second time").isEqualTo(archive);
    }

    @Test
    void shouldKeepChunksUnderWhatBrokersTake() {
        assertThat(chunks)
                .extracting(chunk -> chunk.getContent().remaining())
                .containsExactly(ModelChunks.LARGEST_BYTES, ModelChunks.LARGEST_BYTES, 1);
    }

    @Test
    void shouldNameTheMissingChunk() {
        chunks.remove(1);

        assertRefused(Reason.MISSING_CHUNK, "chunk 1 of 3 is missing");
    }

    @Test
    void shouldNameTheExtraChunk() {
        chunks.add(new ModelChunk("fashion-mnist", 1, 3, ByteBuffer.allocate(1)));

        assertRefused(Reason.EXTRA_CHUNK, "there is a chunk 3 of fashion-mnist version 1");
    }

    @Test
    void shouldNotTakeAnotherVersionsChunk() {
        chunks.set(0, new ModelChunk("fashion-mnist", 2, 0, ByteBuffer.allocate(ModelChunks.LARGEST_BYTES)));

        assertRefused(Reason.EXTRA_CHUNK, "there is a chunk 0 of fashion-mnist version 2");
    }

    @Test
    void shouldTellWhenAChunkHasAnotherSize() {
        chunks.set(2, new ModelChunk("fashion-mnist", 1, 2, ByteBuffer.allocate(5)));

        assertRefused(Reason.ARCHIVE_SIZE, "the chunks add up to 1800005 bytes where the manifest says 1800001");
    }

    @Test
    void shouldRefuseACountThatDoesNotFitTheSize() {
        manifest.getArchive().put("chunks", 1_000_000_000);

        assertRefused(Reason.MANIFEST, "1800001 bytes do not make 1000000000 chunks");
    }

    @Test
    void shouldRefuseASizeThatNoCountFits() {
        manifest.getArchive().put("sizeBytes", Long.MAX_VALUE);

        assertRefused(Reason.MANIFEST, "9223372036854775807 bytes do not make 3 chunks");
    }

    @Test
    void shouldNotMakeRoomForChunksThatNobodySent() {
        manifest.getArchive().put("sizeBytes", 2_000_000_000L * ModelChunks.LARGEST_BYTES);
        manifest.getArchive().put("chunks", 2_000_000_000);

        assertRefused(Reason.MISSING_CHUNK, "chunk 3 of 2000000000 is missing");
    }

    private void assertRefused(Reason reason, String message) {
        ModelRefusedException refusal =
                catchThrowableOfType(ModelRefusedException.class, () -> ModelChunks.join(manifest, chunks));
        assertThat(refusal).isNotNull().hasMessageContaining(message);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
