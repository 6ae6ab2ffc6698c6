package dev.hemline.fashionmnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFinderTest {

    @TempDir
    Path home;

    private final List<String> asked = new ArrayList<>();

    @Test
    void shouldPreferTheGivenFolder() throws IOException {
        Path given = written("given", 30);
        written("cache", 40);

        assertThat(finder(List.of()).find(given).train().size()).isEqualTo(30);
    }

    @Test
    void shouldNotLookElsewhereWhenTheGivenFolderLacksAFile() throws IOException {
        written("cache", 40);

        assertThatThrownBy(() -> finder(List.of()).find(home.resolve("nowhere")))
                .isInstanceOf(MissingDatasetException.class)
                .hasMessageContaining("nowhere/train-images-idx3-ubyte.gz is missing");
    }

    @Test
    void shouldPreferTheCacheToTheSystemFolder() throws IOException {
        written("cache", 40);
        written("system", 50);

        assertThat(finder(List.of()).find(null).train().size()).isEqualTo(40);
    }

    @Test
    void shouldTakeTheSystemFolderWhenTheCacheIsIncomplete() throws IOException {
        Files.delete(written("cache", 40).resolve("train-labels-idx1-ubyte.gz"));
        written("system", 50);

        assertThat(finder(List.of()).find(null).train().size()).isEqualTo(50);
    }

    @Test
    void shouldSayWhatToDoAboutADamagedCacheInsteadOfHidingIt() throws IOException {
        Files.write(written("cache", 40).resolve("train-images-idx3-ubyte.gz"), new byte[0]);
        written("system", 50);

        assertThatThrownBy(() -> finder(List.of()).find(null))
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessageContaining("Delete it, and it is fetched again.");
    }

    @Test
    void shouldFetchByTheFirstWayThatWorksAndKeepWhatCame() {
        // Given
        DatasetFinder finder = finder(List.of(failing("site", "no network"), bringing("mirror", 60)));

        // When
        Dataset dataset = finder.find(null);

        // Then
        assertThat(dataset.train().size()).isEqualTo(60);
        assertThat(asked).containsExactly("site", "mirror");
        assertThat(home.resolve("cache"))
                .isDirectoryContaining("glob:**train-images-idx3-ubyte.gz")
                .isDirectoryNotContaining("glob:**fetching-*");
    }

    @Test
    void shouldGoOnToTheNextWayWhenTheWrongThingCame() {
        // Given
        FetchWay captivePortal = way("portal", folder -> {
            for (DatasetFile file : DatasetFile.values()) {
                Files.writeString(folder.resolve(file.packedName()), "<!doctype html><title>Log in</title>");
            }
        });

        // When
        Dataset dataset = finder(List.of(captivePortal, bringing("mirror", 60))).find(null);

        // Then
        assertThat(dataset.train().size()).isEqualTo(60);
    }

    @Test
    void shouldSayWhyEveryWayFailedAndWhatToDo() {
        DatasetFinder finder = finder(List.of(failing("site", "no network"), failing("mirror", "no apt-get")));

        assertThatThrownBy(() -> finder.find(null))
                .isInstanceOf(MissingDatasetException.class)
                .hasMessageContaining("site (no network)")
                .hasMessageContaining("mirror (no apt-get)")
                .hasMessageContaining("pass --data");
        assertThat(home.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void shouldSayWhenTheCacheCannotBeWrittenTo() throws IOException {
        Files.createFile(home.resolve("cache"));

        assertThatThrownBy(() -> finder(List.of(bringing("mirror", 60))).find(null))
                .isInstanceOf(MissingDatasetException.class)
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
        return DatasetCache.of(environment).folder().path();
    }

    private DatasetFinder finder(List<FetchWay> ways) {
        return new DatasetFinder(new DatasetCache(home.resolve("cache")), home.resolve("system"), ways);
    }

    private Path written(String name, int images) throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        IdxWriter.write(Datasets.dataset(images, 10), folder);
        return folder;
    }

    private FetchWay failing(String name, String reason) {
        return way(name, folder -> {
            throw new IOException(reason);
        });
    }

    private FetchWay bringing(String name, int images) {
        return way(name, folder -> IdxWriter.write(Datasets.dataset(images, 10), folder));
    }

    private FetchWay way(String name, Fetching fetching) {
        return new FetchWay() {
            @Override
            public String from() {
                return name;
            }

            @Override
            public void fetchInto(Path folder) throws IOException {
                asked.add(name);
                fetching.into(folder);
            }
        };
    }

    private interface Fetching {
        void into(Path folder) throws IOException;
    }
}
