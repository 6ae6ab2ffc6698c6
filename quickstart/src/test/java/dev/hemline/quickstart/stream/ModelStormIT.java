package dev.hemline.quickstart.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.producer.Summary;
import dev.hemline.quickstart.broker.TestBroker;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Models change faster than anybody would want, good and bad ones, while events flow. */
class ModelStormIT {
    private static final int EVENTS = 20_000;
    private static final int RATE = 900;
    private static final Duration BETWEEN_VERSIONS = Duration.ofSeconds(1);

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate();

    @Test
    void shouldGiveEveryEventOneOutcomeWhileVersionsChangeAndBadOnesAreRefused() throws Exception {
        Admission signedOnly =
                new Admission(Optional.of(TrustedKeys.of(key.trustedKey())), Admission.DEFAULT_MAX_MODEL_BYTES);
        publish(1);
        try (TestClassifier running = TestClassifier.start(BROKER.settings(), "classifier", signedOnly, folder)) {
            CompletableFuture<Summary> sending =
                    CompletableFuture.supplyAsync(() -> SentImages.send(BROKER.settings(), EVENTS, RATE, 0.01));
            int version = 1;
            while (!sending.isDone()) {
                publish(++version);
                Thread.sleep(BETWEEN_VERSIONS.toMillis());
            }
            Summary sent = sending.get();
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> running.count("hemline.classifications") + running.count("hemline.rejects") >= EVENTS);

            assertThat(running.count("hemline.rejects")).isEqualTo((double) sent.bad());
            assertThat(refusals(running)).containsExactlyInAnyOrder("archive-sha256", "unsigned", "golden-batch");
            assertThat(running.count("hemline.model.swaps")).isGreaterThan(5);
        }
        assertEachHasOneOutcome();
        assertVersionsNeverGoBack();
    }

    /** The third is damaged, the fifth is not signed, the seventh has a wrong golden batch. */
    private void publish(int version) throws Exception {
        switch (version) {
            case 3 -> TestModels.publishCorrupt(BROKER.settings(), version, key);
            case 5 -> TestModels.publish(BROKER.settings(), version, Optional.empty());
            case 7 -> TestModels.publishBroken(BROKER.settings(), version, Optional.of(key));
            default -> TestModels.publish(BROKER.settings(), version, Optional.of(key));
        }
    }

    private static List<String> refusals(TestClassifier running) {
        return running.metrics.find("hemline.models.refused").counters().stream()
                .peek(counter -> assertThat(counter.count()).isEqualTo(1))
                .map(Counter::getId)
                .map(id -> Objects.requireNonNull(id.getTag("reason")))
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(Topic<?, ?> topic) {
        return BROKER.clients().readAll(topic.name());
    }

    private static void assertEachHasOneOutcome() {
        List<String> outcomes = new ArrayList<>();
        read(Topics.CLASSIFICATIONS).forEach(record -> outcomes.add(key(record)));
        read(Topics.IMAGE_EVENTS_DLQ).forEach(record -> outcomes.add(key(record)));
        List<String> sent =
                read(Topics.IMAGE_EVENTS).stream().map(ModelStormIT::key).toList();
        assertThat(outcomes.stream().sorted().toList())
                .isEqualTo(sent.stream().sorted().toList());
        assertThat(sent).hasSize(EVENTS).doesNotHaveDuplicates();
    }

    private static void assertVersionsNeverGoBack() {
        Map<Integer, Integer> newest = new HashMap<>();
        var results = Topics.CLASSIFICATIONS.valueSerde().deserializer();
        for (ConsumerRecord<byte[], byte[]> record : read(Topics.CLASSIFICATIONS)) {
            int version = results.deserialize("", record.value()).getModelVersion();
            assertThat(version).isGreaterThanOrEqualTo(newest.getOrDefault(record.partition(), 0));
            newest.put(record.partition(), version);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8);
    }
}
