package dev.hemline.quickstart.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.serving.Sha256;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.untrained.UntrainedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with its children, on a few hundred images. */
class DemoIT {
    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void fixture() throws IOException {
        FashionMnistFixture.copyInto(Files.createDirectory(folder.resolve("data")));
    }

    @Test
    void shouldGiveEveryEventExactlyOneOutcomeAndWriteItDown() throws Exception {
        int exitCode = demo("--seconds", "5", "--bad-ratio", "0.05", "--dir", path("kept"), "--json", path("out.json"));

        assertThat(exitCode).as(errors.toString()).isZero();
        JsonNode summary =
                new ObjectMapper().readTree(folder.resolve("out.json").toFile());
        long sent = summary.path("sent").asLong();
        assertThat(sent).isBetween(900L, 1500L);
        assertThat(summary.path("classified").asLong()
                        + summary.path("rejected").asLong())
                .isEqualTo(sent);
        assertThat(summary.path("rejected").asLong()).isBetween(sent / 50, sent / 10);
        assertThat(summary.path("missing").asLong()).isZero();
        assertThat(summary.path("duplicated").asLong()).isZero();
        assertThat(summary.path("models")).isNotEmpty();
        assertThat(summary.path("firstResultSeconds").asDouble()).isPositive();
        assertThat(folder.resolve("kept/logs")).isDirectoryContaining("glob:**/{classifier,trainer,demo}.log");
    }

    @Test
    void shouldBeginWithAModelThatWasTrainedBefore() throws Exception {
        UntrainedModel model = UntrainedModel.of("tiny", 1);
        ModelManifest manifest = model.draft()
                .setName("fashion-mnist")
                .setVersion(1)
                .setNetwork("made before")
                .setArchive(
                        new ModelArchive("torchscript", (long) model.archive().length, Sha256.hex(model.archive()), 1))
                .build();
        new ModelFolder(folder.resolve("before")).write(manifest, model.archive());

        int exitCode = demo(
                "--seconds", "4", "--pretrained", path("before"), "--dir", path("kept"), "--json", path("out.json"));

        assertThat(exitCode).as(errors.toString()).isZero();
        JsonNode first = new ObjectMapper()
                .readTree(folder.resolve("out.json").toFile())
                .path("models")
                .path(0);
        assertThat(first.path("version").asInt()).isEqualTo(1);
        assertThat(first.path("validationAccuracy").asDouble())
                .isEqualTo(manifest.getEvaluation().getAccuracy());
    }

    @Test
    void shouldSayInOneLineThatThereIsNoModelToBeginWith() {
        int exitCode = demo("--pretrained", path("nowhere"), "--seconds", "1");

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(errors.toString().lines()).singleElement().asString().contains("--pretrained", "nowhere");
    }

    @Test
    void shouldSayInOneLineThatAPortIsTakenBeforeAnythingIsStarted() throws IOException {
        try (var taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("localhost", 0));

            int exitCode = demo("--dir", path("never"), "--port", Integer.toString(taken.getLocalPort()));

            assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
            assertThat(errors.toString().lines()).singleElement().asString().contains("--port");
            assertThat(folder.resolve("never")).doesNotExist();
        }
    }

    @Test
    void shouldSayInOneLineThatTheDatasetIsMissing() {
        int exitCode = demo("--data", path("nowhere"), "--seconds", "1");

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(errors.toString().lines()).singleElement().asString().contains("nowhere", "missing");
    }

    private int demo(String... flags) {
        var arguments = new ArrayList<>(List.of("--data", path("data"), "--port", "0"));
        arguments.addAll(List.of(flags));
        return CommandLineApp.of(new DemoCommand(), Map.of())
                .setOverwrittenOptionsAllowed(true)
                .setErr(new PrintWriter(errors))
                .execute(arguments.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
