package dev.hemline.quality.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.service.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    Path root;

    @Test
    void shouldGiveEachInstanceAFolderOfItsOwn() throws Exception {
        try (StateFolder first = StateFolder.claim(root);
                StateFolder second = StateFolder.claim(root)) {
            assertThat(first.path()).isDirectory().hasFileName("instance-0");
            assertThat(second.path()).isDirectory().hasFileName("instance-1");
        }
    }

    @Test
    void shouldGiveAFolderBackToWhoComesNext() throws Exception {
        Path before;
        try (StateFolder first = StateFolder.claim(root)) {
            before = first.path();
        }

        try (StateFolder again = StateFolder.claim(root)) {
            assertThat(again.path()).isEqualTo(before);
        }
    }

    @Test
    void shouldNameAFolderThatCannotBeUsed() throws Exception {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> StateFolder.claim(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("--state-dir");
    }
}
