package dev.hemline.quickstart.monitoring;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hemline.control.models.ModelsCommand;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.broker.FreePort;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every question that a dashboard asks, put to a real Prometheus that watches a trainer, a classifier and a producer at work:
 * bad events, labels that come later, and model versions that follow each other.
 */
class DashboardIT {
    private static final int STEP_SECONDS = 5;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    static Path folder;

    private static final Deque<ChildProcess> CHILDREN = new ArrayDeque<>();
    private static Instant start = Instant.EPOCH;
    private static @Nullable PrometheusServer watching;

    /** Whether one does is not for this run to decide. */
    private static final Set<String> ONLY_WHILE_AN_ALARM_STANDS = Set.of(
            "Hemline: model quality: Changed mix of classes, by source (A)",
            "Hemline: model quality: Changed pictures that stand, by source (A)");

    /** Of which this run asks for few, and late. */
    private static final Set<String> ONCE_LABELS_BY_LOT_HAVE_COME =
            Set.of("Hemline: model quality: Accuracy of v$version with and without labels (F)");

    private static final Set<String> NOT_WHILE_AN_ALARM_STANDS = Set.of(
            "Hemline: model quality: Accuracy of v$version with and without labels (D)",
            "Hemline: model quality: Accuracy of v$version with and without labels (E)");

    /** Panels that have nothing to show here, and why. */
    private static Map<String, String> withoutData() {
        return Files.isReadable(Path.of("/proc/self/status"))
                ? Map.of()
                : Map.of(
                        "Hemline: runtime: Memory (A)", "resident memory is read from Linux's /proc",
                        "Hemline: runtime: Resident memory (A)", "resident memory is read from Linux's /proc");
    }

    @BeforeAll
    static void watchARun() throws IOException {
        start = Instant.now();
        Path data = Files.createDirectory(folder.resolve("data"));
        FashionMnistFixture.copyInto(data);
        int classifier = FreePort.any();
        int trainer = FreePort.any();
        int producer = FreePort.any();
        int challenger = FreePort.any();
        watching = PrometheusServer.start(
                folder,
                Map.of(
                        "classifier", classifier,
                        "trainer", trainer,
                        "producer", producer,
                        "challenger", challenger));
        String state = folder.resolve("state").toString();
        start("classifier", classifier, "--state-dir", state);
        start(
                "classifier",
                challenger,
                "--challenger",
                "--state-dir",
                folder.resolve("challengers-state").toString());
        start("trainer", trainer, "--data", data.toString(), "--every", "1h");
        start(
                "produce",
                producer,
                List.of("--data", data.toString(), "--rate", "20", "--bad-ratio", "0.1", "--labels", "late:1")
                        .toArray(String[]::new));
    }

    private static PrometheusServer prometheus() {
        return Objects.requireNonNull(watching);
    }

    private static void start(String verb, int port, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("--bootstrap-servers", BROKER.bootstrapServers(), "--http-port", Integer.toString(port)));
        arguments.addAll(List.of(more));
        CHILDREN.push(ChildProcess.start(ChildCommand.of(verb, "512m", arguments), folder.resolve(verb + ".log")));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        CHILDREN.forEach(ChildProcess::close);
        if (watching != null) {
            watching.close();
        }
    }

    /** Once there are two versions: the oldest one, so that newer ones still serve as they come. Old ones are retired meanwhile. */
    private static void challengeByTheOldest() {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
            NavigableMap<Integer, PublishedVersion> versions = PublishedVersions.read(
                            "fashion-mnist", BROKER.settings().client(Map.of()))
                    .versions();
            return versions.size() > 1 && challengeBy(versions.firstKey());
        });
    }

    private static boolean challengeBy(int version) {
        return CommandLineApp.of(new ModelsCommand(), Map.of())
                        .execute(
                                "challenge",
                                Integer.toString(version),
                                "--bootstrap-servers",
                                BROKER.bootstrapServers())
                == 0;
    }

    @Test
    void shouldHaveDataForEveryQueryOfEveryPanel() throws IOException {
        challengeByTheOldest();
        List<Dashboard> dashboards = Dashboard.all();
        Set<String> expected = new TreeSet<>(withoutData().keySet());

        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(4)).untilAsserted(() -> {
            CHILDREN.forEach(ChildProcess::requireRunning);
            Set<String> empty = new TreeSet<>();
            for (Dashboard dashboard : dashboards) {
                Choice choice = Choice.of(dashboard, prometheus());
                for (Dashboard.Query query : dashboard.queries()) {
                    if (!hasNumbers(prometheus().query(choice.in(query.expression())))) {
                        empty.add(query.name());
                    }
                }
            }
            empty.removeAll(ONLY_WHILE_AN_ALARM_STANDS);
            empty.removeAll(ONCE_LABELS_BY_LOT_HAVE_COME);
            if (hasNumbers(prometheus().query("hemline_drift{kind=\"pictures\"}"))) {
                empty.removeAll(NOT_WHILE_AN_ALARM_STANDS);
            }
            assertThat(empty).isEqualTo(expected);
        });
    }

    @Test
    void shouldMarkEverySwap() throws IOException {
        for (Dashboard dashboard : Dashboard.all()) {
            for (JsonNode annotation : dashboard.annotations()) {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(4))
                        .untilAsserted(() -> assertThat(swaps(dashboard, annotation))
                                .as("versions that began to serve")
                                .hasSizeGreaterThan(1));
            }
        }
    }

    private static Set<String> swaps(Dashboard dashboard, JsonNode annotation) {
        String expression = Choice.of(dashboard, prometheus())
                .in(annotation.at("/target/expr").asText());
        Set<String> versions = new HashSet<>();
        prometheus()
                .queryRange(expression, start, STEP_SECONDS)
                .forEach(series -> versions.add(series.at("/metric/version").asText()));
        return versions;
    }

    @Test
    void shouldRecordEveryRuleWithoutAnError() {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(4)).untilAsserted(() -> {
            assertThat(prometheus().ruleGroups())
                    .isNotEmpty()
                    .allSatisfy(group -> assertThat(group.path("rules")).allSatisfy(rule -> {
                        String name = rule.path("name").asText();
                        assertThat(rule.path("health").asText()).as(name).isEqualTo("ok");
                        if (rule.path("type").asText().equals("recording")) {
                            assertThat(hasNumbers(prometheus().query(name)))
                                    .as(name)
                                    .isTrue();
                        }
                    }));
        });
    }

    /** NaN is what a rate of nothing gives, and draws nothing. */
    private static boolean hasNumbers(JsonNode series) {
        for (JsonNode one : series) {
            if (Double.isFinite(Double.parseDouble(one.at("/value/1").asText().replace("+Inf", "Infinity")))) {
                return true;
            }
        }
        return false;
    }
}
