package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.image.ImageEvents;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ParentWatch;
import dev.hemline.topic.DeadLetterHeaders;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class QuarantineIT {
    private static final int EVENTS = 600;
    private static final int POISON = 211;
    /** Both have partitions, and one that ended is started again. */
    private static final int INSTANCES = 2;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    @TempDir
    Path folder;

    private final List<Process> running = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private int sent;

    @AfterEach
    void endAll() {
        running.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldPutAnEventAsideThatCrashesProcessesAndAnswerAllOthersOnce() throws Exception {
        shouldPutAside(MortalClassifier.CRASHES);

        assertThat(ends).hasSizeBetween(1, 3).containsOnly(MortalClassifier.CRASHED);
    }

    @Test
    void shouldPutAnEventAsideOverWhichProcessesEndByThemselves() throws Exception {
        shouldPutAside(MortalClassifier.FAILS);

        assertThat(ends).hasSizeBetween(1, 3).containsOnly(1);
    }

    private void shouldPutAside(int grey) throws Exception {
        // Given
        TestModels.publish(broker.settings(), 1);
        var outcomes = new Outcomes(broker.clients());

        // When
        try (var producer = broker.clients().bytesProducer()) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
                keepRunning();
                sendSome(producer, grey);
                return sent == EVENTS && outcomes.count() >= EVENTS;
            });
        }

        // Then
        outcomes.assertEachEventHasOne();
        assertThat(outcomes.read(Topics.IMAGE_EVENTS_DLQ)).singleElement().satisfies(letter -> {
            assertThat(Outcomes.key(letter)).isEqualTo("event-" + POISON);
            assertThat(reason(letter)).isEqualTo("poison");
            assertThat(letter.value()).isEqualTo(ImageEvents.onePixel("event-" + POISON, grey));
        });
    }

    private void sendSome(KafkaProducer<byte[], byte[]> producer, int greyOfPoison) {
        for (int last = Math.min(EVENTS, sent + 30); sent < last; sent++) {
            String id = "event-" + sent;
            var unused = producer.send(new ProducerRecord<>(
                    Topics.IMAGE_EVENTS.name(),
                    sent % Topics.IMAGE_EVENTS.partitions(),
                    id.getBytes(UTF_8),
                    ImageEvents.onePixel(id, sent == POISON ? greyOfPoison : 100)));
        }
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader(DeadLetterHeaders.REASON).value(), UTF_8);
    }

    /** As a supervisor does. */
    private void keepRunning() throws IOException {
        running.stream().filter(process -> !process.isAlive()).forEach(process -> ends.add(process.exitValue()));
        running.removeIf(process -> !process.isAlive());
        while (running.size() < INSTANCES) {
            running.add(start());
        }
    }

    private Process start() throws IOException {
        Path own = Files.createTempDirectory(folder, "instance");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dai.djl.offline=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MortalClassifier.class.getName(),
                        broker.bootstrapServers(),
                        own.toString())
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("log").toFile());
        builder.environment()
                .put(ParentWatch.VARIABLE, Long.toString(ProcessHandle.current().pid()));
        return builder.start();
    }
}
