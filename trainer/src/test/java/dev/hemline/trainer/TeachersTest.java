package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.service.UserError;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TeachersTest {
    private static final ByteBuffer TWO_PIXELS = ByteBuffer.wrap(new byte[2]);

    private final List<String> closed = new ArrayList<>();
    private Map<String, String> training = Map.of();

    @Test
    void shouldAnswerWithTheMean() {
        try (Teachers teachers = open("0.9", "0.6", "0.3")) {
            float[][] answers = teachers.answer(TWO_PIXELS, 2);

            assertThat(answers).hasNumberOfRows(2);
            assertThat(answers[1][0]).isCloseTo(0.6f, within(1e-6f));
            assertThat(answers[1][1]).isCloseTo(0.4f, within(1e-6f));
        }
    }

    @Test
    void shouldTeachAtTheTemperatureAtWhichTheTeacherLearnt() {
        // Given one that would have said 0.6 and 0.4, squares of which, 0.36 and 0.16, are as 9 to 4
        training = Map.of("logitTemperature", "0.5");
        try (Teachers teachers = open(Float.toString(9 / 13f))) {
            assertThat(teachers.answer(TWO_PIXELS, 1)[0]).containsExactly(new float[] {0.6f, 0.4f}, within(1e-6f));
        }
    }

    @Test
    void shouldRefuseATeacherWhoseTemperatureIsNone() {
        training = Map.of("logitTemperature", "warm");

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> open("0.9"))
                .withMessage(
                        "--teacher 0.9 cannot teach (its manifest): a temperature is a number above 0, not 'warm'");
    }

    @Test
    void shouldLeaveItToTheLabelsWhereNobodyTeaches() {
        try (Teachers nobody = open()) {
            assertThat(nobody.answer(TWO_PIXELS, 2)).isEmpty();
        }
    }

    @Test
    void shouldCloseEachClassifierBeforeItsModel() {
        open("0.9", "0.3").close();

        assertThat(closed).containsExactly("classifier 0.9", "model 0.9", "classifier 0.3", "model 0.3");
    }

    @Test
    void shouldKeepNothingOpenWhereOneIsRefused() {
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> open("0.9", "sick"))
                .withMessage("--teacher sick cannot teach (not-finite): the network gives NaN");

        assertThat(closed).containsExactly("classifier 0.9", "model 0.9");
    }

    /** Models of two classes by the probability that each gives to the first. */
    private Teachers open(String... probabilities) {
        List<ChosenModel> chosen = new ArrayList<>();
        for (String probability : probabilities) {
            chosen.add(ChosenModel.of(probability, manifest(probability), new byte[1]));
        }
        return Teachers.open(chosen, (manifest, archive) -> load(manifest));
    }

    private LoadedModel load(ModelManifest manifest) throws ModelRefusedException {
        if (manifest.getName().equals("sick")) {
            throw new ModelRefusedException(Reason.NOT_FINITE, "the network gives NaN");
        }
        return new FakeModel(manifest, closed);
    }

    private ModelManifest manifest(String name) {
        return ModelManifest.newBuilder()
                .setName(name)
                .setVersion(1)
                .setCreatedAt(Instant.EPOCH)
                .setCreatedBy("a test")
                .setNetwork("tiny")
                .setParameters(1)
                .setLabels(List.of("T-shirt/top", "Trouser"))
                .setInput(new ModelInput(1, 1, 1, List.of(0f), List.of(1f), false))
                .setOutput(ModelOutput.PROBABILITIES)
                .setArchive(new ModelArchive("torchscript", 1L, "00", 1))
                .setGolden(new GoldenBatch(List.of(), List.of(), 0.001f))
                .setEvaluation(new ModelEvaluation("test", 1, 0.0, 0.0))
                .setTraining(training)
                .build();
    }

    private record FakeModel(ModelManifest manifest, List<String> closed) implements LoadedModel {
        @Override
        public ImageClassifier newClassifier() {
            return new FakeClassifier(manifest.getName(), closed);
        }

        @Override
        public void close() {
            closed.add("model " + manifest.getName());
        }
    }

    private record FakeClassifier(String name, List<String> closed) implements ImageClassifier {
        @Override
        public float[][] classify(ByteBuffer pixels, int n) {
            float first = Float.parseFloat(name);
            float[][] rows = new float[n][];
            for (int i = 0; i < n; i++) {
                rows[i] = new float[] {first, 1 - first};
            }
            return rows;
        }

        @Override
        public void close() {
            closed.add("classifier " + name);
        }
    }
}
