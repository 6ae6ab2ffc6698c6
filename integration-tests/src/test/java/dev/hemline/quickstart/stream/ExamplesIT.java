package dev.hemline.quickstart.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.testbed.broker.TestBroker;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The clients of docs/clients.md, run as it says there with what {@code ./hemline verify} has got for them. */
@Timeout(600)
class ExamplesIT {
    private static final Path EXAMPLES = RepositoryFiles.ROOT.resolve("examples");
    private static final Path TOOLS = RepositoryFiles.ROOT.resolve("target/languages/bin");
    private static final Map<String, List<String>> COMMANDS = Map.of(
            "python", List.of("python", "picture.py"),
            "node", List.of("node", "picture.js"),
            "go", List.of("go", "run", "."));
    private static final int LABEL = 9;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    void shouldSendAPictureAndALabelFromEachLanguageAndReadWhatBecameOfThem() throws Exception {
        assertThat(TOOLS)
                .as("what clients in other languages need; ./hemline verify gets it")
                .isDirectory();
        TestModels.publish(BROKER.settings(), 1);
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", picture());
        Map<String, Process> running = new LinkedHashMap<>();
        Map<String, String> said = new LinkedHashMap<>();
        try (ChildClassifier classifier = ChildClassifier.start(BROKER.settings(), folder, "classifier")) {
            classifier.awaitHttp();

            for (String language : COMMANDS.keySet()) {
                running.put(language, start(language));
            }
            for (var client : running.entrySet()) {
                boolean ended = client.getValue().waitFor(2, TimeUnit.MINUTES);
                String end = ended ? "exit " + client.getValue().exitValue() : "did not end";
                said.put(client.getKey(), Files.readString(output(client.getKey())) + end);
            }
        } finally {
            running.values().forEach(Process::destroyForcibly);
        }

        assertThat(said)
                .allSatisfy((language, words) ->
                        assertThat(words).as(language).matches(".+ 0\\.\\d\\d v1\npredicted \\d, actual 9\nexit 0"));
        assertThat(Set.copyOf(said.values()))
                .as("all have shown the same picture to the same model")
                .hasSize(1);
    }

    private File picture() {
        return folder.resolve("picture.png").toFile();
    }

    private Process start(String language) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "PATH=" + TOOLS + ":" + System.getenv("PATH")));
        command.addAll(COMMANDS.get(language));
        command.addAll(List.of(BROKER.bootstrapServers(), picture().toString(), Integer.toString(LABEL)));
        return new ProcessBuilder(command)
                .directory(EXAMPLES.resolve(language).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output(language).toFile())
                .start();
    }

    private Path output(String language) {
        return folder.resolve(language + ".out");
    }
}
