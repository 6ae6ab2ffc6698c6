package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.event.AttemptState;
import dev.hemline.event.Classification;
import dev.hemline.event.EventAttempts;
import dev.hemline.event.GoldenBatch;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.ModelAlias;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelAttempt;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.event.ModelSignature;
import dev.hemline.event.ModelState;
import dev.hemline.event.ModelStatus;
import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import dev.hemline.event.Score;
import dev.hemline.event.Suspect;
import dev.hemline.event.TrainingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that the last release wrote, as they lie on topics: {@code released/Name.hex}, beside the schema they were written with. */
class WireBytesTest {
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

    static List<SpecificRecord> events() {
        return List.of(
                ImageEvent.newBuilder()
                        .setId("a-1")
                        .setSource("shop")
                        .setCapturedAt(AT)
                        .setFormat(ImageFormat.GRAY8)
                        .setWidth(2)
                        .setHeight(1)
                        .setContent(bytes(7, 255))
                        .setLabel(3)
                        .build(),
                Classification.newBuilder()
                        .setId("a-1")
                        .setSource("shop")
                        .setLabel(1)
                        .setLabelName("Bag")
                        .setConfidence(0.75f)
                        .setProbabilities(List.of(0.25f, 0.75f))
                        .setModelName("clothes")
                        .setModelVersion(12)
                        .setModelSha256("0123456789ab")
                        .setCapturedAt(AT)
                        .setClassifiedAt(AT.plusMillis(40))
                        .build(),
                ModelManifest.newBuilder()
                        .setName("clothes")
                        .setVersion(12)
                        .setCreatedAt(AT)
                        .setCreatedBy("trainer")
                        .setArchive(new ModelArchive("torchscript", 3L, "03ac".repeat(16), 1))
                        .setNetwork("tiny")
                        .setParameters(42L)
                        .setLabels(List.of("Coat", "Bag"))
                        .setInput(new ModelInput(1, 1, 2, List.of(0.25f), List.of(0.5f), true))
                        .setOutput(ModelOutput.PROBABILITIES)
                        .setEvaluation(new ModelEvaluation("test", 200, 0.5, 0.25))
                        .setGolden(new GoldenBatch(List.of(bytes(0, 255)), List.of(List.of(0.25f, 0.75f)), 0.125f))
                        .setTraining(Map.of("epochs", "3", "seed", "7"))
                        .setSignature(new ModelSignature("0123456789abcdef", bytes(1, 2, 3)))
                        .build(),
                ModelChunk.newBuilder()
                        .setName("clothes")
                        .setVersion(12)
                        .setIndex(0)
                        .setContent(bytes(1, 2, 3))
                        .build(),
                ModelAlias.newBuilder()
                        .setName("clothes")
                        .setAlias("serving")
                        .setVersion(12)
                        .setSetAt(AT)
                        .setSetBy("somebody")
                        .setReason("it is good")
                        .build(),
                ModelStatus.newBuilder()
                        .setApplicationId("classifier")
                        .setInstance("host-1")
                        .setModel("clothes")
                        .setVersion(12)
                        .setState(ModelState.REFUSED)
                        .setReason("labels")
                        .setMessage("too many")
                        .setSince(AT)
                        .setAt(AT.plusMillis(40))
                        .build(),
                ModelAttempt.newBuilder()
                        .setState(AttemptState.LOADING)
                        .setAt(AT)
                        .build(),
                EventAttempts.newBuilder()
                        .setEpoch(4)
                        .setInstance("host-1")
                        .setHeld(true)
                        .setUncleanEnds(1)
                        .setLastUncleanEnd(AT)
                        .setCarefulTo(90)
                        .setSuspects(List.of(new Suspect(88L, 123_456_789L, 1, true)))
                        .build(),
                TrainingRequest.newBuilder()
                        .setId("r-1")
                        .setRequestedAt(AT)
                        .setRequestedBy("somebody")
                        .setModel("clothes")
                        .setNetwork("tiny")
                        .setEpochs(3)
                        .setSeed(7L)
                        .setForce(true)
                        .setReason("more images")
                        .build(),
                GroundTruth.newBuilder()
                        .setId("a-1")
                        .setLabel(3)
                        .setLabelledAt(AT)
                        .setBy("somebody")
                        .build(),
                Score.newBuilder()
                        .setId("a-1")
                        .setModelName("clothes")
                        .setModelVersion(12)
                        .setPredicted(1)
                        .setActual(3)
                        .setConfidence(0.75f)
                        .setLatenessMillis(500)
                        .setReplaces(4)
                        .build(),
                Sample.newBuilder()
                        .setId("a-1")
                        .setSource("shop")
                        .setChannels(1)
                        .setHeight(1)
                        .setWidth(2)
                        .setPixels(bytes(7, 255))
                        .setProbabilities(List.of(0.25f, 0.75f))
                        .setModelName("clothes")
                        .setModelVersion(12)
                        .setShare(0.5)
                        .setCapturedAt(AT)
                        .setClassifiedAt(AT.plusMillis(40))
                        .build(),
                LabelRequest.newBuilder()
                        .setId("a-1")
                        .setSource("shop")
                        .setReason(RequestReason.RANDOM)
                        .setInclusionProbability(0.125)
                        .setModelName("clothes")
                        .setModelVersion(12)
                        .setClasses(2)
                        .setPredicted(1)
                        .setMargin(0.5f)
                        .setSamplePartition(3)
                        .setSampleOffset(17L)
                        .setRequestedAt(AT.plusMillis(2_000))
                        .build());
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldReadWhatTheLastReleaseWrote(SpecificRecord event) throws IOException {
        byte[] written = released(event.getSchema().getName());

        assertThat(EventSerde.of(event.getClass()).decode(written)).isEqualTo(event);
    }

    private static byte[] released(String name) throws IOException {
        try (InputStream file = WireBytesTest.class.getResourceAsStream("/released/" + name + ".hex")) {
            assertThat(file).as("released/" + name + ".hex").isNotNull();
            return HexFormat.of().parseHex(new String(file.readAllBytes(), US_ASCII).replaceAll("\\s", ""));
        }
    }
}
