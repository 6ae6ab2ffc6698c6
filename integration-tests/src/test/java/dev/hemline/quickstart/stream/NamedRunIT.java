package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class NamedRunIT {
    private static final int EVENTS = 9_000;
    private static final int KILLS = 3;

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    @Test
    @Tag("long")
    void shouldSendEveryEventAndLabelOnceHoweverOftenItIsKilled() {
        // When
        for (int kill = 1; kill <= KILLS; kill++) {
            try (ChildProcess doomed = startRun()) {
                awaitEvents(doomed, kill * EVENTS / (KILLS + 1));
            }
        }
        try (ChildProcess last = startRun()) {
            awaitEvents(last, EVENTS);
            await().atMost(PATIENCE).until(() -> keys(Topics.GROUND_TRUTH).size() >= EVENTS);
        }

        // Then
        List<String> ids = IntStream.rangeClosed(1, EVENTS)
                .mapToObj(number -> String.format(Locale.ROOT, "demo-first-%012d", number))
                .toList();
        assertThat(keys(Topics.IMAGE_EVENTS)).isEqualTo(ids);
        assertThat(keys(Topics.GROUND_TRUTH)).isEqualTo(ids);
    }

    private ChildProcess startRun() {
        var produce = ChildCommand.of(
                "produce",
                "256m",
                List.of(
                        "--bootstrap-servers",
                        BROKER.bootstrapServers(),
                        "--http-port",
                        "0",
                        "--source",
                        "demo",
                        "--run",
                        "first",
                        "--rate",
                        "1500",
                        "--labels",
                        "late:0.3",
                        "--count",
                        Integer.toString(EVENTS)));
        return ChildProcess.start(produce, folder.resolve("produce.log"));
    }

    private static void awaitEvents(ChildProcess producer, int events) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(keys(Topics.IMAGE_EVENTS))
                        .as(() -> String.join("\n", producer.lastLines()))
                        .hasSizeGreaterThanOrEqualTo(events));
    }

    /** Of what is committed, in the order of sending. */
    private static List<String> keys(Topic<?, ?> topic) {
        return BROKER.clients().readAll(topic).stream()
                .map(Outcomes::key)
                .sorted()
                .toList();
    }
}
