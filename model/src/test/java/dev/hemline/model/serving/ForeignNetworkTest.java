package dev.hemline.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.archive.CodeArchive;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Networks that libtorch runs but no classifier can use, each with what its maker has to do. */
class ForeignNetworkTest {
    private static final ModelInput INPUT = new ModelInput(3, 1, 1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f), false);
    private static final List<byte[]> IMAGES = List.of(new byte[] {10, 20, 30}, new byte[] {-1, 0, 100});
    private static final String ROW = "torch.flatten(x, 1)";

    @Test
    void shouldTakeOneTensorHoweverItIsWrapped() throws Exception {
        assertThat(golden("Tensor", ROW).getProbabilities()).hasSize(2);
        assertThat(golden("Tuple[Tensor]", "(" + ROW + ",)").getProbabilities()).hasSize(2);
    }

    @Test
    void shouldSayHowToSaveOneOfSeveralTensors() {
        assertThat(refusal("Tuple[Tensor, Tensor]", "(" + ROW + ", x)", Reason.LABELS))
                .contains("gives 2 tensors")
                .endsWith("f = model.forward; model.forward = lambda x: f(x)[0];"
                        + " torch.jit.trace(model.eval(), torch.rand(1, 3, 1, 1)).save(\"model.pt\")");
        assertThat(refusal("List[Tensor]", "[" + ROW + ", x]", Reason.LABELS)).contains("f(x)[0]");
        assertThat(refusal("Dict[str, Tensor]", "{\"logits\": " + ROW + ", \"aux\": x}", Reason.LABELS))
                .contains("f(x)[\"logits\"]");
    }

    @Test
    void shouldNameTheTypeOfNumbers() {
        assertThat(refusal("Tensor", "torch.to(" + ROW + ", 7)", Reason.LABELS))
                .contains("numbers of type float64", "model.float().eval()");
        assertThat(refusal("Tensor", "torch.to(" + ROW + ", 15)", Reason.LABELS))
                .contains("where float32 is asked for");
    }

    @Test
    void shouldSayWhatShapeItGives() {
        assertThat(refusal("Tensor", "x", Reason.LABELS)).contains("(2, 3, 1, 1)", "pictures or feature maps");
        assertThat(refusal("Tensor", "torch.argmax(" + ROW + ", 1)", Reason.LABELS))
                .contains("without argmax");
        assertThat(refusal("Tensor", "torch.sum(" + ROW + ", [1], True)", Reason.LABELS))
                .contains("torch.cat([-y, y], 1)");
        assertThat(refusal("Tensor", "torch.cat([" + ROW + ", " + ROW + "], 1)", Reason.LABELS))
                .contains("it needs 6 labels");
    }

    @Test
    void shouldTellAFixedBatchSizeFromAWrongShape() {
        assertThat(refusal("Tensor", "torch.view(x, [1, 3])", Reason.INPUT_SHAPE))
                .contains("takes batches of 1 and not of 2", "x.flatten(1)");
        // Trained with four: neither one nor two at a time.
        assertThat(refusal("Tensor", "torch.view(x, [4, 3])", Reason.INPUT_SHAPE))
                .contains("takes batches of 4 and not of 2");
        // As many as there are golden images: only another number shows it.
        assertThat(refusal("Tensor", "torch.view(x, [2, 3])", Reason.INPUT_SHAPE))
                .contains("takes batches of 2 and not of 3");
    }

    @Test
    void shouldNoticeDropoutAndBatchNormInTrainingMode() {
        // Of so many that two runs hardly drop the same number.
        String dropped = "torch.sum(torch.dropout(torch.ones([1, 3, 1000]), 0.5, True), [2])";
        assertThat(refusal("Tensor", "torch.add(" + ROW + ", torch.mul(" + dropped + ", 0.05))", Reason.GOLDEN_BATCH))
                .contains("another answer each time", "dropout is on", "model.eval()");
        assertThat(refusal(
                        "Tensor",
                        "torch.batch_norm(" + ROW
                                + ", None, None, None, None, True, 0.1, 1.0000000000000001e-05, False)",
                        Reason.GOLDEN_BATCH))
                .contains("depends on what else is in the batch", "batch norm is in training mode");
    }

    @Test
    void shouldRefuseWhatAreNoProbabilities() {
        for (String answer : List.of(ROW, "torch.sub(" + ROW + ", 5)", "torch.sigmoid(" + ROW + ")")) {
            ModelRefusedException refused = catchThrowableOfType(
                    ModelRefusedException.class, () -> golden("Tensor", answer, ModelOutput.PROBABILITIES));

            assertThat(refused).hasMessageContaining("no probabilities").hasMessageContaining("--output logits");
            assertThat(refused.reason()).isEqualTo(Reason.NOT_PROBABILITIES);
        }
    }

    @Test
    void shouldTakeProbabilities() throws Exception {
        assertThat(golden("Tensor", "torch.softmax(" + ROW + ", 1)", ModelOutput.PROBABILITIES)
                        .getProbabilities())
                .hasSize(2);
    }

    private static GoldenBatch golden(String type, String answer) throws ModelRefusedException {
        return golden(type, answer, ModelOutput.LOGITS);
    }

    private static GoldenBatch golden(String type, String answer, ModelOutput output) throws ModelRefusedException {
        try (ArchiveClassifier classifier = ArchiveClassifier.open(CodeArchive.of(type, answer), INPUT, output, 3)) {
            return GoldenBatches.record(classifier, INPUT, IMAGES);
        }
    }

    private static String refusal(String type, String answer, Reason reason) {
        ModelRefusedException refused = catchThrowableOfType(ModelRefusedException.class, () -> golden(type, answer));
        assertThat(refused).isNotNull();
        assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
        return String.valueOf(refused.getMessage());
    }
}
