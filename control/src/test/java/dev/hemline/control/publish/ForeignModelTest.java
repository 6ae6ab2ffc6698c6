package dev.hemline.control.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.service.UserError;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForeignModelTest {
    private static final Network NETWORK = Networks.tiny(new Dimensions(3, 32, 24), 4);
    private static final byte[] ARCHIVE = TorchScriptArchive.write(NETWORK, Weights.initial(NETWORK, 1));

    private final List<String> said = new ArrayList<>();
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
        ModelManifest.Builder draft = model(input, "a,b, c,d").draft(ARCHIVE, GoldenImages.random(input), said::add);

        assertThat(draft.getLabels()).containsExactly("a", "b", "c", "d");
        assertThat(draft.getParameters()).isGreaterThan(70_000);
        assertThat(draft.getGolden().getImages()).hasSize(8);
        assertThat(draft.getInput().getStd()).containsExactly(0.2f, 0.3f, 0.4f);
    }

    @Test
    void shouldSayWhyClassifiersWouldRefuseIt() {
        ModelRefusedException labels = catchThrowableOfType(
                ModelRefusedException.class,
                () -> model(input, "a,b").draft(ARCHIVE, GoldenImages.random(input), said::add));
        ModelInput grey = ForeignModel.input("1x28x28", List.of(0f), List.of(1f), false);
        ModelRefusedException shape = catchThrowableOfType(
                ModelRefusedException.class,
                () -> model(grey, "a,b,c,d").draft(ARCHIVE, GoldenImages.random(grey), said::add));

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
    void shouldWarnOfProbabilitiesThatArePublishedAsLogits() throws Exception {
        // Given a network that always gives 0.1, 0.2, 0.3 and 0.4
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(Weights.initial(NETWORK, 1).tensors());
        tensors.replaceAll((name, tensor) -> tensor.withValues(
                name.equals("linear1_bias")
                        ? new float[] {0.1f, 0.2f, 0.3f, 0.4f}
                        : name.startsWith("linear1") ? new float[tensor.size()] : tensor.values()));
        byte[] archive = TorchScriptArchive.write(NETWORK, new Weights(tensors));

        // When it is published as giving logits
        model(input, "a,b,c,d").draft(archive, GoldenImages.random(input), said::add);

        // Then one is told
        assertThat(said).hasSize(1);
        assertThat(said.get(0)).contains("softmax once more", "--output probabilities");
    }

    @Test
    void shouldSayNothingOfLogits() throws Exception {
        model(input, "a,b,c,d").draft(ARCHIVE, GoldenImages.random(input), said::add);

        assertThat(said).isEmpty();
    }

    @Test
    void shouldMakeGoldenImagesForWhichAManifestHasRoom() {
        assertThat(GoldenImages.random(input("3x224x224"))).hasSize(5);
        assertThat(GoldenImages.random(input("3x512x512"))).hasSize(1);
        ModelInput large = input("1x1024x1024");
        byte[] image = GoldenImages.random(large).get(0);
        assertThat(image).hasSize(1 << 20);
        assertThat(image[0]).isEqualTo(image[7]).isEqualTo(image[7 * 1024 + 7]).isNotEqualTo(image[8]);
        assertThat(GoldenImages.areLarge(large)).isTrue();
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> GoldenImages.requireRoom(input("3x2000x2000")))
                .withMessage(
                        "--input 3x2000x2000 is 12000000 bytes an image, and a manifest has room for a golden image"
                                + " of 8388608 at most; give the network smaller images");
    }

    private static ModelInput input(String shape) {
        return ForeignModel.input(shape, List.of(0f), List.of(1f), false);
    }

    @Test
    void shouldReadLabelsFromAFileToo() throws Exception {
        assertThat(labels("shirt\n coat \nbag\n\n \n")).containsExactly("shirt", "coat", "bag");
        assertThat(labels("\uFEFFshirt\r\ncoat\r\n")).containsExactly("shirt", "coat");
        assertThat(labels("great white shark, white shark\nhammerhead\n"))
                .containsExactly("great white shark, white shark", "hammerhead");
        assertThat(labels("0\n1\n2")).containsExactly("0", "1", "2");
    }

    @Test
    void shouldTakeNamesWithASlashForNames() {
        assertThat(ForeignModel.labels("T-shirt/top,Trouser")).containsExactly("T-shirt/top", "Trouser");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> ForeignModel.labels("here/labels"))
                .withMessage("There is no file --labels here/labels");
    }

    @Test
    void shouldNameTheLineOfLabelsThatIsWrong() throws Exception {
        assertThat(complaint("shirt\n\nbag".getBytes(UTF_8)))
                .startsWith("line 2 of --labels")
                .contains("is blank");
        assertThat(complaint("shirt\nbag\ncoat\nbag".getBytes(UTF_8)))
                .startsWith("line 4 of --labels")
                .contains(" is bag, as line 2 is")
                .doesNotContain("coat");
        assertThat(complaint("shirt\nb\u00e9ret\n".getBytes(ISO_8859_1)))
                .contains("is not UTF-8 in line 2", "iconv -f WINDOWS-1252");
        assertThat(complaint("\uFEFFshirt\n".getBytes(UTF_16LE))).contains("iconv -f UTF-16");
        assertThat(complaint(new byte[2 << 20])).contains("more than 1048576 bytes");
        assertThat(complaint(new byte[0])).contains("is empty");
        assertThat(complaint("[\"shirt\", \"bag\"]".getBytes(UTF_8))).contains("is JSON");
        assertThat(complaint("id,name\n0,shirt\n1,bag\n".getBytes(UTF_8))).contains("is a table", "cut -d, -f2");
        assertThat(complaint("shirt,bag,coat\n".getBytes(UTF_8))).contains("one line with commas");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> ForeignModel.labels("a,b,,c"))
                .withMessageStartingWith("name 3 of --labels is blank");
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> ForeignModel.labels("labels.txt"))
                .withMessage("There is no file --labels labels.txt");
    }

    private List<String> labels(String text) throws IOException {
        return ForeignModel.labels(
                Files.writeString(folder.resolve("labels.txt"), text).toString());
    }

    private String complaint(byte[] content) throws IOException {
        String file = Files.write(folder.resolve("labels.txt"), content).toString();
        UserError error = catchThrowableOfType(UserError.class, () -> ForeignModel.labels(file));
        return String.valueOf(error.getMessage());
    }

    @Test
    void shouldNameTheFlagThatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignModel.input("28x28", List.of(0f), List.of(1f), false))
                .withMessageContaining("--input is channels, height and width");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> input("3x0x28"))
                .withMessageContaining("--input is channels, height and width");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ForeignModel.input("3x8x8", List.of(0f, 1f), List.of(1f), false))
                .withMessage("--mean takes one number, or one for each of 3 channels, not 2");
    }
}
