package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher gets Debian's package, with programs on its path that do what apt-get and dpkg would. */
class DebianPackageTest {
    private static final String DOWNLOAD =
            "apt-get download -q -o Acquire::Retries=0 -o Acquire::http::Timeout=15 dataset-fashion-mnist";

    @TempDir
    Path home;

    @BeforeEach
    void putProgramsOnThePath() throws IOException {
        Path content = home.resolve("packed/usr/share/datasets/fashion-mnist");
        IdxWriter.write(Datasets.dataset(30, 20), Files.createDirectories(content));
        program("apt-get", """
                echo "apt-get $*" >>"$HOME/lines"
                case "$1" in
                    update) touch "$HOME/lists" ;;
                    download) [ -f "$HOME/lists" ] || { echo "E: No packages found" >&2; exit 100; }
                        touch dataset_1_all.deb ;;
                esac
                """);
        program(
                "dpkg",
                "echo \"dpkg $*\" >>\"$HOME/lines\"; mkdir content && cp -R \"$HOME/packed/usr\" content/usr\n");
        user(1000);
    }

    @Test
    void shouldDownloadAndUnpackWithoutInstalling() throws Exception {
        // Given
        Files.createFile(home.resolve("lists"));

        // When
        String said = getDataset();

        // Then
        assertThat(said)
                .isEqualTo("hemline: getting Fashion-MNIST from Debian's package dataset-fashion-mnist (31 MB)\n");
        assertThat(lines()).containsExactly(DOWNLOAD, "dpkg -x ./dataset_1_all.deb content");
        Path cache = home.resolve(".cache/hemline/fashion-mnist");
        assertThat(DatasetFile.areAllIn(cache)).isTrue();
        assertThat(cache).isDirectoryNotContaining("glob:**fetching-*");
    }

    @Test
    void shouldLeaveADatasetAlone() throws Exception {
        Path cache = Files.createDirectories(home.resolve(".cache/hemline/fashion-mnist"));
        IdxWriter.write(Datasets.dataset(30, 20), cache);

        assertThat(getDataset()).isEmpty();
        assertThat(lines()).isEmpty();
    }

    @Test
    void shouldGetThePackageListsFirstWhenTheyAreMissingAndRootAsks() throws Exception {
        user(0);

        getDataset();

        assertThat(lines())
                .containsExactly(DOWNLOAD, "apt-get update -q", DOWNLOAD, "dpkg -x ./dataset_1_all.deb content");
    }

    @Test
    void shouldGiveUpWithTheLastWordsWhenTheListsAreMissingAndSomebodyElseAsks() throws Exception {
        assertThat(getDataset()).endsWith("that did not work (E: No packages found); it is fetched from its site\n");
        assertThat(home.resolve(".cache/hemline/fashion-mnist")).isEmptyDirectory();
    }

    @Test
    void shouldSayNothingWhereThisIsNoDebian() throws Exception {
        Files.delete(home.resolve("bin/apt-get"));

        assertThat(getDataset()).isEmpty();
        assertThat(lines()).isEmpty();
    }

    /** Runs these functions of the launcher alone, in a shell that finds no other programs than ours and the usual ones. */
    private String getDataset() throws Exception {
        String launcher = Files.readString(Path.of("../hemline"))
                .replace("-d /usr/share/datasets/fashion-mnist", "-d " + home + "/usr");
        for (String tool : List.of("mkdir", "mktemp", "rm", "mv", "cp", "touch")) {
            program(tool, "exec /bin/" + tool + " \"$@\"\n");
        }
        String script = "set -euo pipefail\n" + function(launcher, "say") + function(launcher, "get_dataset")
                + function(launcher, "unpack_dataset") + "get_dataset unpacked\n";
        Path output = home.resolve("output");
        ProcessBuilder shell = new ProcessBuilder("/bin/bash", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        shell.environment().clear();
        shell.environment()
                .putAll(Map.of(
                        "HOME", home.toString(), "PATH", home.resolve("bin").toString()));
        assertThat(shell.start().waitFor()).isZero();
        return Files.readString(output);
    }

    private static String function(String launcher, String name) {
        Matcher function =
                Pattern.compile("(?ms)^" + name + "\\(\\) \\{.*?\\}$").matcher(launcher);
        assertThat(function.find()).isTrue();
        return function.group() + "\n";
    }

    private List<String> lines() throws IOException {
        Path lines = home.resolve("lines");
        return Files.exists(lines) ? Files.readAllLines(lines) : List.of();
    }

    private void user(int id) throws IOException {
        program("id", "echo " + id + "\n");
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(program, "#!/bin/bash\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
    }
}
