package dev.hemline.model.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.hemline.event.ModelManifest;
import dev.hemline.model.serving.ExampleModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    private final byte[] archive = ExampleModel.archive();
    private final ModelManifest manifest = ExampleModel.manifest(archive).build();

    private ModelFolder folder = new ModelFolder(Path.of("unset"));

    @BeforeEach
    void makeFolder(@TempDir Path path) {
        folder = new ModelFolder(path.resolve("new"));
    }

    @Test
    void shouldGiveBackWhatWasWritten() throws Exception {
        folder.write(manifest, archive);

        assertThat(folder.manifest()).isEqualTo(manifest);
        assertThat(folder.archive(manifest)).isEqualTo(archive);
    }

    @Test
    void shouldNoticeAnArchiveOfAnotherModel() throws Exception {
        folder.write(manifest, archive);
        Files.write(folder.archiveFile(), Arrays.copyOf(archive, archive.length - 1));

        assertThatIOException()
                .isThrownBy(() -> folder.archive(manifest))
                .withMessageContaining("model.pt is not the archive that");
    }

    @Test
    void shouldNameAManifestThatIsNone() throws Exception {
        folder.write(manifest, archive);
        Files.writeString(folder.manifestFile(), "{\"name\": 3}");

        assertThatIOException()
                .isThrownBy(folder::manifest)
                .withMessageContaining("manifest.json is no manifest of a model");
    }
}
