package dev.hemline.control.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignModelTest {
    private static final Network NETWORK = Networks.tiny(new Dimensions(3, 32, 24), 4);
    private static final byte[] ARCHIVE = TorchScriptArchive.write(NETWORK, Weights.initial(NETWORK, 1));

    private final ModelInput input = ForeignModel.input("3x32x24", List.of(0.5f), List.of(0.2f, 0.3f, 0.4f), false);

    @TempDir
    Path folder;

    private static ForeignModel model(ModelInput input, String labels) {
        return new ForeignModel(
                "tiny",
                ForeignModel.labels(labels),
                input,
                ModelOutput.LOGITS,
                new ModelEvaluation("test", 0, 0.0, 0.0),
                "tiny.pt");
    }

    @Test
    void shouldDescribeWhatItTriedOut() throws Exception {
        ModelManifest.Builder draft = model(input, "a,b, c,d").draft(ARCHIVE, GoldenImages.random(input));

        assertThat(draft.getLabels()).containsExactly("a", "b", "c", "d");
        assertThat(draft.getParameters()).isGreaterThan(70_000);
        assertThat(draft.getGolden().getImages()).hasSize(8);
        assertThat(draft.getInput().getStd()).containsExactly(0.2f, 0.3f, 0.4f);
    }

    @Test
    void shouldSayWhyClassifiersWouldRefuseIt() {
        ModelRefusedException labels = catchThrowableOfType(
                ModelRefusedException.class, () -> model(input, "a,b").draft(ARCHIVE, GoldenImages.random(input)));
        ModelInput grey = ForeignModel.input("1x28x28", List.of(0f), List.of(1f), false);
        ModelRefusedException shape = catchThrowableOfType(
                ModelRefusedException.class, () -> model(grey, "a,b,c,d").draft(ARCHIVE, GoldenImages.random(grey)));

        assertThat(labels.reason()).isEqualTo(Reason.LABELS);
        assertThat(shape.reason()).isEqualTo(Reason.INPUT_SHAPE);
    }

    @Test
    void shouldTakePicturesForTheGoldenBatch() throws Exception {
        BufferedImage red = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 50 * 40; i++) {
            red.setRGB(i % 50, i / 50, 0xFF2010);
        }
        ImageIO.write(red, "png", folder.resolve("red.png").toFile());
        Files.writeString(folder.resolve("notes.txt"), "no picture");

        List<byte[]> images = GoldenImages.read(folder, input);

        assertThat(images).hasSize(1);
        assertThat(images.get(0)).hasSize(3 * 32 * 24).startsWith(0xFF).endsWith(0x10);
    }

    @Test
    void shouldReadLabelsFromAFileToo() throws Exception {
        Path file = Files.writeString(folder.resolve("labels.txt"), "shirt\n coat \n\nbag\n");

        assertThat(ForeignModel.labels(file.toString())).containsExactly("shirt", "coat", "bag");
    }

    @Test
    void shouldNameTheFlagThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignModel.input("28x28", List.of(0f), List.of(1f), false))
                .withMessageContaining("--input is channels, height and width");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignModel.input("3x8x8", List.of(0f, 1f), List.of(1f), false))
                .withMessage("--mean takes one number, or one for each of 3 channels, not 2");
    }
}
