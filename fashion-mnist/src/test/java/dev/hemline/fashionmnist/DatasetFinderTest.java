package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFinderTest {

    @TempDir
    Path home;

    @Test
    void shouldPreferTheGivenFolder() throws IOException {
        Path given = written("given", 30);
        written("cache", 40);

        assertThat(finder(failing("not asked")).find(given).train().size()).isEqualTo(30);
    }

    @Test
    void shouldNotLookElsewhereWhenTheGivenFolderLacksAFile() throws IOException {
        written("cache", 40);

        assertThatThrownBy(() -> finder(failing("not asked")).find(home.resolve("nowhere")))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("nowhere/train-images-idx3-ubyte.gz is missing");
    }

    @Test
    void shouldPreferTheCacheToTheSystemFolder() throws IOException {
        written("cache", 40);
        written("system", 50);

        assertThat(finder(failing("not asked")).find(null).train().size()).isEqualTo(40);
    }

    @Test
    void shouldTakeTheSystemFolderWhenTheCacheIsIncomplete() throws IOException {
        Files.delete(written("cache", 40).resolve("train-labels-idx1-ubyte.gz"));
        written("system", 50);

        assertThat(finder(failing("not asked")).find(null).train().size()).isEqualTo(50);
    }

    @Test
    void shouldSayWhatToDoAboutADamagedCacheInsteadOfHidingIt() throws IOException {
        Files.write(written("cache", 40).resolve("train-images-idx3-ubyte.gz"), new byte[0]);
        written("system", 50);

        assertThatThrownBy(() -> finder(failing("not asked")).find(null))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("Delete it, and it is fetched again.");
    }

    @Test
    void shouldFetchFromTheSiteAndKeepWhatCame() {
        // When
        Dataset dataset = finder(bringing(60)).find(null);

        // Then
        assertThat(dataset.train().size()).isEqualTo(60);
        assertThat(home.resolve("cache"))
                .isDirectoryContaining("glob:**train-images-idx3-ubyte.gz")
                .isDirectoryNotContaining("glob:**fetching-*");
    }

    @Test
    void shouldKeepNothingOfTheWrongThing() {
        // Given
        OfficialSite captivePortal = site(folder -> {
            for (DatasetFile file : DatasetFile.values()) {
                Files.writeString(folder.resolve(file.packedName()), "<!doctype html><title>Log in</title>");
            }
        });

        // When, Then
        assertThatThrownBy(() -> finder(captivePortal).find(null))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("What was fetched is not the dataset.");
        assertThat(home.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void shouldSayWhyFetchingFailedAndWhatToDo() {
        DatasetFinder finder = finder(failing("no network"));

        assertThatThrownBy(() -> finder.find(null))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("the dataset's site http://example.invalid/ (no network)")
                .hasMessageContaining("pass --data");
        assertThat(home.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void shouldSayWhenTheCacheCannotBeWrittenTo() throws IOException {
        Files.createFile(home.resolve("cache"));

        assertThatThrownBy(() -> finder(bringing(60)).find(null))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("cannot be written to; XDG_CACHE_HOME may name another");
    }

    @Test
    void shouldCacheWhereTheEnvironmentSays() {
        assertThat(cachePath(Map.of("XDG_CACHE_HOME", "/var/cache/me", "HOME", "/home/me")))
                .isEqualTo(Path.of("/var/cache/me/hemline/fashion-mnist"));
        assertThat(cachePath(Map.of("HOME", "/home/me"))).isEqualTo(Path.of("/home/me/.cache/hemline/fashion-mnist"));
        assertThat(cachePath(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/home/me")))
                .isEqualTo(Path.of("/home/me/.cache/hemline/fashion-mnist"));
    }

    private static Path cachePath(Map<String, String> environment) {
        return DatasetFinder.cacheFolder(environment);
    }

    private DatasetFinder finder(OfficialSite site) {
        return new DatasetFinder(home.resolve("cache"), home.resolve("system"), site);
    }

    private Path written(String name, int images) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        IdxWriter.write(Datasets.dataset(images, 10), folder);
        return folder;
    }

    private static OfficialSite failing(String reason) {
        return site(folder -> {
            throw new IOException(reason);
        });
    }

    private static OfficialSite bringing(int images) {
        return site(folder -> IdxWriter.write(Datasets.dataset(images, 10), folder));
    }

    private static OfficialSite site(Fetching fetching) {
        return new OfficialSite(URI.create("http://example.invalid/"), (body, name, bytes) -> body) {
            @Override
            void fetchInto(Path folder) throws IOException {
                fetching.into(folder);
            }
        };
    }

    private interface Fetching {
        void into(Path folder) throws IOException;
    }
}
