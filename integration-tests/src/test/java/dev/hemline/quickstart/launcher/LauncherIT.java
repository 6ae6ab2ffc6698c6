package dev.hemline.quickstart.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.model.archive.CodeArchive;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with the jars of this build in a folder of its own, as a container has them: no sources, nothing to build. */
class LauncherIT {
    private static final Path JARS = RepositoryFiles.ROOT.resolve("quickstart/target/app");
    private static final String FROM_ARCHIVE = "source: shared objects file (top)";

    @TempDir
    static Path home;

    private static Path app;
    private static Path archive;
    private static Said first;
    private static byte[] made = {};

    private record Said(String out, String errors) {}

    @BeforeAll
    static void firstStart() throws Exception {
        assertThat(JARS).as("the jars of this build, which package makes").isDirectory();
        app = Files.createDirectories(home.resolve("quickstart/target/app"));
        Files.copy(RepositoryFiles.ROOT.resolve("hemline"), home.resolve("hemline"));
        for (Path jar : list(JARS, ".jar")) {
            Files.copy(jar, app.resolve(jar.getFileName().toString()));
        }
        Files.createFile(app.resolve(".built"));
        archive = app.resolve("classes-" + System.getProperty("java.runtime.version") + ".jsa");
        Files.write(archive, List.of("made before the last build"));
        Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
        first = hemline(Map.of(), "--help");
        made = Files.readAllBytes(archive);
    }

    @BeforeEach
    void asMade() throws IOException {
        Files.deleteIfExists(archive);
        Files.write(archive, made);
    }

    private static List<Path> list(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void shouldStartTheClassifierByTheJarOfItsName() throws Exception {
        Path jar = list(app, ".jar").stream()
                .filter(one -> one.getFileName().toString().startsWith("classifier-stream-"))
                .findFirst()
                .orElseThrow();
        Path said = home.resolve("said");

        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        jar.toString(),
                        "--help")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start()
                .waitFor();

        assertThat(said).content().startsWith("Usage: classifier");
        assertThat(exit).isZero();
    }

    private static Said hemline(Map<String, String> environment, String... args) throws Exception {
        return hemline(0, environment, args);
    }

    private static Said hemline(int exitCode, Map<String, String> environment, String... args) throws Exception {
        Path out = home.resolve("out");
        Path errors = home.resolve("errors");
        var builder = new ProcessBuilder(
                Stream.concat(Stream.of(home.resolve("hemline").toString()), Stream.of(args))
                        .toList());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(errors.toFile());
        assertThat(builder.start().waitFor()).isEqualTo(exitCode);
        return new Said(Files.readString(out, UTF_8), Files.readString(errors, UTF_8));
    }

    @Test
    void shouldSayInALineThatAModelEndsTheProcess() throws Exception {
        Path model = Files.write(home.resolve("crashing.pt"), CodeArchive.endingProcesses());

        Said said = hemline(
                1, Map.of(), "models", "publish", model.toString(), "--model=m", "--labels=a,b,c", "--input=1x28x28");

        assertThat(said.out()).isEmpty();
        assertThat(said.errors().lines())
                .singleElement()
                .asString()
                .startsWith("hemline: the model ended the process that ran it (exit code 134)")
                .contains("crashed");
    }

    private static Said loading(String... args) throws Exception {
        return hemline(Map.of("HEMLINE_JAVA_OPTS", "-Xlog:class+load"), args);
    }

    @Test
    void shouldMakeTheArchiveOnceAfterABuildAndSaySo() throws Exception {
        assertThat(first.errors().lines()).hasSize(2).first().asString().contains("preparing fast starts");
        assertThat(hemline(Map.of(), "--help")).isEqualTo(new Said(first.out(), ""));
    }

    @Test
    void shouldTakeWhatVerbsLoadFromTheArchive() throws Exception {
        assertThat(loading("--help").out()).contains("dev.hemline.quickstart.Hemline " + FROM_ARCHIVE);
        assertThat(loading("models", "list", "--help").out())
                .contains("dev.hemline.control.models.ListCommand " + FROM_ARCHIVE);
    }

    @Test
    void shouldStartWithoutAWordWhenAJarIsAnotherThanArchived() throws Exception {
        Path jar = list(app, ".jar").get(0);
        FileTime time = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(time.toMillis() - 86_400_000));

        try {
            assertThat(hemline(Map.of(), "--help")).isEqualTo(new Said(first.out(), ""));
            assertThat(loading("--help").out()).doesNotContain(FROM_ARCHIVE);
        } finally {
            Files.setLastModifiedTime(jar, time);
        }
    }

    @Test
    void shouldStartWithoutAWordFromADamagedArchive() throws Exception {
        Files.write(archive, List.of("not an archive"));

        assertThat(hemline(Map.of(), "--help")).isEqualTo(new Said(first.out(), ""));
    }

    @Test
    void shouldStartWithoutAWordWhereNoneCouldBeMade() throws Exception {
        Files.write(archive, new byte[0]);

        assertThat(hemline(Map.of(), "--help")).isEqualTo(new Said(first.out(), ""));
    }

    @Test
    void shouldStartWithoutAWordWhereNoneCanBeWritten() throws Exception {
        Files.delete(archive);

        // As on a file system that is full or read-only; the tests may be run by root, who may write everywhere.
        assertThat(hemline(Map.of("TMPDIR", home.resolve("missing").toString()), "--help"))
                .isEqualTo(new Said(first.out(), ""));
        assertThat(list(app, ".jsa")).isEmpty();
    }
}
