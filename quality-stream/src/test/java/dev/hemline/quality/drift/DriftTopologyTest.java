package dev.hemline.quality.drift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Classification;
import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.service.AbsurdRecords;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTopologyTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private final SimulatedModel model = new SimulatedModel(5);
    private final Reference validation = model.validation(5_000);
    private final Map<Integer, List<Drift>> standing = new HashMap<>();
    private final List<String> passedOver = new ArrayList<>();
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> results;
    private TestInputTopic<byte[], byte[]> batchesIn;
    private TestOutputTopic<String, DriftBatch> batches;
    private TestOutputTopic<String, Drift> drift;
    private long sent;

    @BeforeEach
    void open() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(
                DriftTopology.build(
                        1,
                        (version, classes) -> Optional.of(validation),
                        new Heard(),
                        EventFormats.DEFAULT,
                        WriterSchemas.NONE),
                settings,
                NOON);
        results = driver.createInputTopic(
                Topics.CLASSIFICATIONS.name(), new ByteArraySerializer(), new ByteArraySerializer());
        batchesIn = driver.createInputTopic(
                Topics.DRIFT_BATCHES.name(), new ByteArraySerializer(), new ByteArraySerializer());
        batches = driver.createOutputTopic(
                Topics.DRIFT_BATCHES.name(),
                Topics.DRIFT_BATCHES.keySerde().deserializer(),
                Topics.DRIFT_BATCHES.valueSerde().deserializer());
        drift = driver.createOutputTopic(
                Topics.DRIFT.name(),
                Topics.DRIFT.keySerde().deserializer(),
                Topics.DRIFT.valueSerde().deserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void send(int count, String source) {
        for (int i = 0; i < count; i++) {
            float[] probabilities = model.answer().probabilities();
            int label = Probabilities.mostLikely(probabilities);
            String id = "event-" + sent++;
            var result = new Classification(
                    id,
                    source,
                    label,
                    "class " + label,
                    probabilities[label],
                    SimulatedModel.list(probabilities),
                    "fashion-mnist",
                    3,
                    "0123456789ab",
                    NOON,
                    NOON.plusMillis(sent));
            results.pipeInput(
                    id.getBytes(UTF_8),
                    Topics.CLASSIFICATIONS.valueSerde().serializer().serialize("", result));
        }
    }

    @Test
    void shouldAddResultsUpByVersionAndSource() {
        send(60, "warehouse-3");
        send(10, "warehouse-4");
        driver.advanceWallClockTime(Duration.ofSeconds(1));

        List<DriftBatch> told = batches.readValuesToList();

        assertThat(told)
                .extracting(DriftBatch::getSource)
                .containsExactlyInAnyOrder("warehouse-3", "warehouse-3", "warehouse-3", "warehouse-4");
        assertThat(told.stream()
                        .flatMap(batch -> batch.getGroups().stream())
                        .mapToInt(group -> group.getResults())
                        .sum())
                .isEqualTo(70);
        assertThat(told.get(1).getFirstId()).isEqualTo("event-25");
    }

    @Test
    void shouldTellOfChangedPicturesOfTheSourceThatHasThem() {
        send(3_000, "warehouse-3");
        send(3_000, "warehouse-4");
        model.pictures(0.8);
        send(1_000, "warehouse-3");
        model.pictures(0);
        send(1_000, "warehouse-4");

        List<Drift> told = drift.readValuesToList();

        assertThat(told).extracting(Drift::getSource).containsOnly("warehouse-3");
        assertThat(told)
                .extracting(Drift::getReference)
                .containsExactlyInAnyOrder(DriftReference.VALIDATION, DriftReference.LIVE);
        Drift first = told.get(0);
        assertThat(first.getState()).isEqualTo(DriftState.ALARM);
        assertThat(first.getKind()).isEqualTo(DriftKind.PICTURES);
        assertThat(first.getBefore()).isBetween(2_800L, 3_100L);
        assertThat(first.getResults()).isLessThan(500);
        assertThat(first.getStrength()).isBetween(0.2, 3.0);
        assertThat(first.getClasses().get(0).getGroup()).isEqualTo(2);
        assertThat(first.getLogEvidence()).isGreaterThanOrEqualTo(first.getLogThreshold());
        assertThat(standing.get(0)).hasSize(2);
    }

    @Test
    void shouldGoOnWhateverIsOnItsTopics() {
        AbsurdRecords absurd = new AbsurdRecords(3, 100);
        for (int i = 0; i < 500; i++) {
            results.pipeInput(new byte[0], absurd.value(List.of(Classification.getClassSchema())));
            batchesIn.pipeInput(new byte[0], absurd.value(List.of(DriftBatch.getClassSchema())));
        }
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        batches.readValuesToList();
        send(25, "warehouse-3");

        assertThat(batches.readValuesToList()).extracting(DriftBatch::getSource).contains("warehouse-3");
        assertThat(passedOver).isNotEmpty();
    }

    private final class Heard implements DriftListener {
        @Override
        public void told(Drift drift) {}

        @Override
        public void standing(int partition, List<Drift> alarms) {
            standing.put(partition, alarms);
        }

        @Override
        public void passedOver(String topic, String why) {
            passedOver.add(topic + ": " + why);
        }

        @Override
        public void failed(String step, RuntimeException failure) {
            throw failure;
        }

        @Override
        public void left(int partition) {
            standing.remove(partition);
        }
    }
}
