package dev.hemline.quality.drift;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftBatch;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.quality.batch.Batch;
import dev.hemline.quality.batch.DriftBatches;
import dev.hemline.quality.source.SourceRow;
import dev.hemline.service.AbsurdRecords;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import dev.hemline.topic.WriterSchemas;
import java.nio.file.Path;
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
    private TestInputTopic<byte[], byte[]> batches;
    private TestOutputTopic<String, Drift> drift;
    private long sent;

    @BeforeEach
    void open() {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(
                DriftTopology.build(1, (version, classes) -> Optional.of(validation), new Heard(), WriterSchemas.NONE),
                settings,
                NOON);
        batches = driver.createInputTopic(
                Topics.DRIFT_BATCHES.name(), new ByteArraySerializer(), new ByteArraySerializer());
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
        var row = new SourceRow(new ModelKey.Manifest("fashion-mnist", 3), source);
        for (Batch batch : model.batches(count, sent)) {
            batches.pipeInput(
                    row.toString().getBytes(UTF_8),
                    Topics.DRIFT_BATCHES
                            .valueSerde()
                            .serializer()
                            .serialize("", DriftBatches.written(row, SimulatedModel.CLASSES, batch)));
        }
        sent += count;
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
    void shouldGoOnWhateverIsOnItsTopic() {
        AbsurdRecords absurd = new AbsurdRecords(3, 100);
        for (int i = 0; i < 500; i++) {
            batches.pipeInput(new byte[0], absurd.value(List.of(DriftBatch.getClassSchema())));
        }
        assertThat(passedOver).isNotEmpty();

        send(3_000, "warehouse-3");
        model.pictures(0.8);
        send(1_000, "warehouse-3");

        assertThat(drift.readValuesToList()).extracting(Drift::getSource).contains("warehouse-3");
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
