package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.RegisteredSchemas;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Clients in other languages, each run as README.md and docs/clients.md say, with what {@code ./hemline verify} has got for them. */
class ExamplesIT {
    private static final Path TOOLS = RepositoryFiles.ROOT.resolve("target/languages/bin");
    /** Runs in its program's folder. */
    private static final Pattern IN_A_ROW = Pattern.compile("\\(\\.\\./(examples/\\w+)/.+\\| `(.+ boot\\.png 9)` \\|");
    /** Runs at the top. */
    private static final Pattern IN_A_LINE = Pattern.compile("(?m)^()(python examples/.+ boot\\.png 9)(?: +#|$)");

    private static final int OF_KCAT_IN_THE_README = 4;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    /** @param results the format in which it reads them */
    private record Client(String results, String folder, String command) {
        Client(MatchResult match) {
            this(format(match.group()), match.group(1), match.group(2));
        }

        private static String format(String text) {
            return text.contains("localhost:8081") ? "registry" : text.contains("picture.sh") ? "json" : "avro";
        }
    }

    private static List<Client> clients() throws IOException {
        return Stream.concat(
                        IN_A_ROW.matcher(page("docs/clients.md")).results(),
                        IN_A_LINE.matcher(page("README.md")).results())
                .map(Client::new)
                .toList();
    }

    private static String page(String name) throws IOException {
        return Files.readString(RepositoryFiles.ROOT.resolve(name));
    }

    @Test
    void shouldGiveEveryClientItsAnswersAndEveryEventOneOutcomeWhateverSpeaksOnTheTopics() throws Exception {
        // Given
        assertThat(TOOLS)
                .as("what clients in other languages need; ./hemline verify gets it")
                .isDirectory();
        TestModels.publish(BROKER.settings(), 1);
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", picture());
        Map<String, String> said = new TreeMap<>();
        AuditReport report;

        // When
        try (var registry = new RealRegistry(folder)) {
            var formats = EventFormats.DEFAULT.reading(new RegisteredSchemas(registry::schema).waiting(PATIENCE));
            var audit = new StreamAudit(BROKER.settings(), formats, PATIENCE);
            var start = audit.mark();
            said.putAll(run("avro", registry));
            registry.awaitAnswers();
            register(registry);
            said.putAll(run("registry", registry, "--schema-registry", registry.url(), "--register-schemas"));
            PrintedCommands.send("README.md", BROKER, folder);
            said.putAll(run("json", registry, "--fetch-from", folder.toUri().toString()));
            report = audit.count(start, audit.mark());
        }

        // Then
        assertThat(said)
                .hasSize(9)
                .allSatisfy((client, words) ->
                        assertThat(words).as(client).matches(".+ 0\\.\\d\\d v1\npredicted \\d, actual 9\nexit 0"));
        assertThat(Set.copyOf(said.values()))
                .as("all have shown the same picture to the same model")
                .hasSize(1);
        assertThat(report.exactlyOnce()).as(report.toString()).isTrue();
        assertThat(report.sent()).isEqualTo(said.size() + OF_KCAT_IN_THE_README);
        assertThat(report.classified()).isEqualTo(report.sent());
        assertThat(report.scores().agrees()).as(report.toString()).isTrue();
        assertThat(report.scores().scoredResults())
                .as("of clients, and the one that README labels")
                .isEqualTo(said.size() + 1);
    }

    /** As each of the clients would; but this registry refuses one of two who register the same at the same time. */
    private static void register(RealRegistry registry) throws IOException, InterruptedException {
        registry.register("image-format", schema("ImageFormat"));
        registry.register(
                "image-events-value",
                schema("ImageEvent"),
                List.of(Map.of("name", "dev.hemline.event.ImageFormat", "subject", "image-format", "version", 1)));
        registry.register("ground-truth-value", schema("GroundTruth"));
    }

    private static String schema(String type) throws IOException {
        return page("schemas/src/main/avro/dev/hemline/event/" + type + ".avsc");
    }

    /** What the clients of a format say to a classifier that writes its results in it, by their commands; side by side. */
    private Map<String, String> run(String format, RealRegistry registry, String... flags) throws Exception {
        Map<Client, Process> running = new LinkedHashMap<>();
        Map<String, String> said = new LinkedHashMap<>();
        String[] withFormat = Stream.concat(Stream.of("--result-format", format), Stream.of(flags))
                .toArray(String[]::new);
        try (ChildClassifier classifier =
                ChildClassifier.start(BROKER.settings(), folder, "classifier-" + format, withFormat)) {
            for (Client client : clients()) {
                if (client.results().equals(format)) {
                    running.put(client, start(client, registry));
                }
            }
            for (var client : running.entrySet()) {
                boolean ended = client.getValue().waitFor(2, TimeUnit.MINUTES);
                String end = ended ? "exit " + client.getValue().exitValue() : "did not end";
                said.put(client.getKey().command(), Files.readString(output(client.getKey())) + end);
            }
            classifier.stop(); // So that the next one has not to wait until its session ends.
        } finally {
            running.values().forEach(Process::destroyForcibly);
        }
        return said;
    }

    private File picture() {
        return folder.resolve("boot.png").toFile();
    }

    private Process start(Client client, RealRegistry registry) throws IOException {
        String command = client.command()
                .replace("localhost:9092", BROKER.bootstrapServers())
                .replace("http://localhost:8081", registry.url())
                .replace("boot.png", picture().toString());
        return new ProcessBuilder("env", "PATH=" + TOOLS + ":" + System.getenv("PATH"), "bash", "-c", command)
                .directory(RepositoryFiles.ROOT.resolve(client.folder()).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output(client).toFile())
                .start();
    }

    private Path output(Client client) {
        return folder.resolve(client.command().replaceAll("\\W+", "-") + ".out");
    }
}
