package dev.hemline.quickstart.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quickstart.monitoring.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Dockerfile against what docker-compose.yml takes for granted. */
class ImageTest {
    private static List<String> lines() throws IOException {
        return Files.readAllLines(RepositoryFiles.ROOT.resolve("Dockerfile"));
    }

    @Test
    void shouldBeMadeOfTheSameImagesWithAndWithoutCompose() throws IOException {
        var images = ComposeFile.read().service("topics").json().path("build").path("args");

        assertThat(lines())
                .contains("ARG BUILD_IMAGE=" + ComposeFile.byDefault(images.path("BUILD_IMAGE")))
                .contains("ARG RUNTIME_IMAGE=" + ComposeFile.byDefault(images.path("RUNTIME_IMAGE")));
    }

    @Test
    void shouldHaveTheLauncherItselfGetTheSignalToEnd() throws IOException {
        assertThat(lines()).contains("ENTRYPOINT [\"/opt/hemline/hemline\"]");
        assertThat(Files.readString(RepositoryFiles.ROOT.resolve("hemline"))).contains("\nexec \"$java\"");
    }

    /** The user cannot write it, and it is good for one Java and the jars' places only. */
    @Test
    void shouldHoldTheArchiveOfClassesThatItsOwnLauncherMade() throws IOException {
        List<String> lines = lines();
        int runtime = lines.indexOf("FROM ${RUNTIME_IMAGE}");

        assertThat(lines.subList(runtime, lines.indexOf("USER 10001:10001")))
                .filteredOn(line -> line.startsWith("RUN /opt/hemline/hemline "))
                .hasSize(1);
    }

    @Test
    void shouldBelongToTheUserThatTheVolumesBelongTo() throws IOException {
        assertThat(lines()).contains("USER 10001:10001");
        assertThat(ComposeFile.read().ours())
                .flatMap(service -> service.mounts().keySet())
                .allSatisfy(folder -> assertThat(String.join("\n", lines())).contains(" " + folder));
    }
}
