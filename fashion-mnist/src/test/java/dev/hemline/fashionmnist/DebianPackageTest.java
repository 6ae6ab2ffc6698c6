package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianPackageTest {

    @TempDir
    Path folder;

    @Test
    void shouldDownloadAndUnpackWithoutInstalling() throws IOException {
        // Given
        FakeCommands commands = new FakeCommands(true);

        // When
        new DebianPackage(commands, true, false).fetchInto(folder);

        // Then
        assertThat(commands.lines)
                .containsExactly("apt-get download dataset-fashion-mnist", "dpkg-deb -x dataset_1_all.deb content");
        assertThat(new DatasetFolder(folder, "").read().train().size()).isEqualTo(30);
    }

    @Test
    void shouldGetThePackageListsFirstWhenTheyAreMissingAndRootAsks() throws IOException {
        FakeCommands commands = new FakeCommands(false);

        new DebianPackage(commands, true, true).fetchInto(folder);

        assertThat(commands.lines)
                .containsExactly(
                        "apt-get download dataset-fashion-mnist",
                        "apt-get update",
                        "apt-get download dataset-fashion-mnist",
                        "dpkg-deb -x dataset_1_all.deb content");
    }

    @Test
    void shouldGiveUpWhenTheListsAreMissingAndSomebodyElseAsks() {
        FakeCommands commands = new FakeCommands(false);

        assertThatThrownBy(() -> new DebianPackage(commands, true, false).fetchInto(folder))
                .hasMessage("E: No packages found");
    }

    @Test
    void shouldSayWhenThisIsNoDebian() {
        FakeCommands commands = new FakeCommands(true);

        assertThatThrownBy(() -> new DebianPackage(commands, false, true).fetchInto(folder))
                .hasMessage("apt-get and dpkg-deb are not on this machine");
        assertThat(commands.lines).isEmpty();
    }

    @Test
    void shouldRepeatTheLastWordsOfAProgramThatFails() {
        assertThatThrownBy(
                        () -> new ProcessCommands().run(folder, "sh", "-c", "echo first; echo last words >&2; exit 3"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("failed: last words");
    }

    /** Does what apt-get and dpkg-deb would leave behind. */
    private static final class FakeCommands implements Commands {

        private final List<String> lines = new ArrayList<>();
        private boolean haveLists;

        FakeCommands(boolean haveLists) {
            this.haveLists = haveLists;
        }

        @Override
        public void run(Path work, String... command) throws IOException {
            String line = String.join(" ", command);
            lines.add(line);
            if (line.equals("apt-get update")) {
                haveLists = true;
            } else if (line.startsWith("apt-get download")) {
                if (!haveLists) {
                    throw new IOException("E: No packages found");
                }
                Files.createFile(work.resolve("dataset_1_all.deb"));
            } else {
                Path content = work.resolve("content/usr/share/datasets/fashion-mnist");
                IdxWriter.write(Datasets.dataset(30, 20), Files.createDirectories(content));
                Files.copy(content.resolve(Checksums.FILE_NAME), work.resolveSibling(Checksums.FILE_NAME));
            }
        }
    }
}
