package dev.hemline.classifier.attempt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.FakeModel;
import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.engine.TrialRun;
import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.archive.CodeArchive;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.model.serving.Sha256;
import dev.hemline.topic.EventSerde;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTrialTest {
    private static final EngineSettings ENGINE = new EngineSettings(1, 8);

    @TempDir
    Path folder;

    private static ModelManifest manifest(byte[] archive) {
        // With it, Avro trusts our classes.
        EventSerde<ModelManifest> serde = EventSerde.of(ModelManifest.class);
        return ModelManifest.newBuilder(serde.decode(serde.encode(FakeModel.manifest("m", 7))))
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .setOutput(ModelOutput.LOGITS)
                .setGolden(
                        new GoldenBatch(List.of(ByteBuffer.wrap(new byte[] {1})), List.of(List.of(0.5f, 0.5f)), 1e-4f))
                .build();
    }

    private static boolean survives(Trial trial, byte[] archive) throws ModelRefusedException {
        return trial.survived(manifest(archive), archive);
    }

    /** Instead of a JVM, a shell that does this; the last of its arguments is the trial's folder. */
    private static Trial shell(String script) {
        return new ChildTrial(
                Precision.FLOAT32,
                ENGINE,
                List.of("sh", "-c", "for folder; do :; done; begun() { : > \"$folder/begun\"; }; " + script));
    }

    private static boolean survives(String script) throws ModelRefusedException {
        return survives(shell(script), new byte[] {1});
    }

    @Test
    void shouldRefuseANetworkThatEndsProcessesAndSayWhere() {
        Trial trial = ChildTrial.like(new DjlModelLoader(), ENGINE);

        ModelRefusedException refused =
                catchThrowableOfType(ModelRefusedException.class, () -> survives(trial, CodeArchive.endingProcesses()));

        assertThat(refused).isNotNull();
        assertThat(refused.reason()).isEqualTo(Reason.CRASHED);
        assertThat(refused).hasMessageContaining("ended by SIGSEGV in ").hasMessageContaining("libtorch");
    }

    @Test
    void shouldRefuseANetworkThatUsesUpTheStack() {
        Trial trial = ChildTrial.like(new DjlModelLoader(), ENGINE);
        byte[] nested = CodeArchive.of("Tensor", "(".repeat(100_000) + "x" + ")".repeat(100_000));

        ModelRefusedException refused =
                catchThrowableOfType(ModelRefusedException.class, () -> survives(trial, nested));

        assertThat(refused).isNotNull().hasMessageContaining("SIGSEGV");
    }

    @Test
    void shouldClearWhatIsServedOrRefusedByALiveProcess() throws Exception {
        Trial trial = ChildTrial.like(new DjlModelLoader(), ENGINE);

        assertThat(survives(trial, CodeArchive.of("Tensor", "torch.cat([x, x], 1)")))
                .isTrue();
        assertThat(survives(trial, "no archive".getBytes(UTF_8))).isTrue();
    }

    @Test
    void shouldBlameTheVersionOnlyForSignalsThatItCanBringUponItself() throws Exception {
        assertThat(survives("begun; exit " + TrialRun.SURVIVED)).isTrue();
        for (String signal : List.of("SEGV", "ABRT", "ILL", "FPE")) {
            assertThat(catchThrowableOfType(
                            ModelRefusedException.class, () -> survives("begun; kill -" + signal + " $$")))
                    .as(signal)
                    .isNotNull()
                    .hasMessageContaining("SIG" + signal);
        }
        for (String signal : List.of("KILL", "TERM", "INT", "BUS")) {
            assertThat(survives("begun; kill -" + signal + " $$")).as(signal).isFalse();
        }
    }

    @Test
    void shouldBlameItForNothingThatTheMachineLacks() throws Exception {
        assertThat(survives("kill -SEGV $$")).as("before it was loaded").isFalse();
        assertThat(survives("begun; echo std::bad_alloc >&2; kill -ABRT $$")).isFalse();
        assertThat(survives("begun; exit 1")).isFalse();
        assertThat(survives("begun; exit 3")).as("no heap").isFalse();
        assertThat(survives(
                        new ChildTrial(
                                Precision.FLOAT32,
                                ENGINE,
                                List.of(folder.resolve("none").toString())),
                        new byte[] {1}))
                .isFalse();
        assertThat(survives(ChildTrial.like((manifest, archive) -> new FakeModel(1), ENGINE), new byte[] {1}))
                .isFalse();
    }

    @Test
    void shouldNotBlameANetworkForAHeapThatIsTooSmall() throws Exception {
        List<String> java = ChildTrial.javaOfThisProcess().stream()
                .map(argument -> argument.startsWith("-Xmx") ? "-Xmx3m" : argument)
                .toList();

        assertThat(survives(new ChildTrial(Precision.FLOAT32, ENGINE, java), CodeArchive.endingProcesses()))
                .isFalse();
    }

    @Test
    void shouldClearNothingThatTheDiskDidNotTake() throws Exception {
        List<String> java = new ArrayList<>(ChildTrial.javaOfThisProcess());
        java.add("-Djava.io.tmpdir=" + folder.resolve("none"));

        assertThat(survives(new ChildTrial(Precision.FLOAT32, ENGINE, java), CodeArchive.endingProcesses()))
                .isFalse();
    }

    @Test
    void shouldEndATrialThatNobodyWaitsForAnyMore() throws Exception {
        // Given
        Path started = folder.resolve("started");
        Trial trial = shell("begun; : > " + started + "; exec sleep 50");
        var survived = CompletableFuture.supplyAsync(() -> {
            try {
                return survives(trial, new byte[] {1});
            } catch (ModelRefusedException e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> Files.exists(started));

        // When
        trial.cancel();

        // Then
        assertThat(survived).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
    }
}
