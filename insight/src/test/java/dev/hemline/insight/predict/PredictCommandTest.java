package dev.hemline.insight.predict;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.insight.RunCommand;
import dev.hemline.insight.UntrainedModel;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.model.serving.ArchiveClassifier;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static String model;
    private static byte[] pixels;
    private static Path picture;

    @BeforeAll
    static void makeModelAndPicture() throws Exception {
        model = UntrainedModel.writeTo(folder.resolve("model")).toString();
        pixels = new byte[784];
        new Random(5).nextBytes(pixels);
        picture = write("noise.png", pixels);
    }

    @Test
    void shouldAnswerAsTheModelAnswersToThesePixels() throws Exception {
        RunCommand run = RunCommand.of(new PredictCommand(), "--model", model, "--json", picture.toString());

        assertThat(run.code()).isZero();
        assertSameAnswer(JSON.readTree(run.out()), pixels);
    }

    @Test
    void shouldTurnLightIntoDarkWhenAsked() throws Exception {
        byte[] inverted = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            inverted[i] = (byte) (255 - (pixels[i] & 0xff));
        }

        RunCommand run =
                RunCommand.of(new PredictCommand(), "--model", model, "--json", "--invert", picture.toString());

        assertSameAnswer(JSON.readTree(run.out()), inverted);
    }

    @Test
    void shouldShowPeopleTheThreeMostLikelyClasses() {
        RunCommand run = RunCommand.of(new PredictCommand(), "--model", model, picture.toString());

        assertThat(run.out().lines()).hasSize(4).first().isEqualTo(picture.toString());
        assertThat(run.out().lines().skip(1)).allMatch(line -> line.matches("  \\S.* +\\d+\\.\\d %( +█+)?"));
    }

    @Test
    void shouldGoOnAfterWhatIsNoPictureAndFailInTheEnd() throws Exception {
        // Given a folder with a text that calls itself a picture before one, and a file that is not there
        Path mixed = Files.createDirectories(folder.resolve("mixed"));
        Files.writeString(mixed.resolve("a.png"), "no picture");
        Files.write(mixed.resolve("a.jpg"), new byte[] {(byte) 0xFF, 0x0A, 1, 2});
        Files.copy(picture, mixed.resolve("b.png"));

        // When
        RunCommand run = RunCommand.of(new PredictCommand(), "--model", model, mixed.toString(), "nowhere.png");

        // Then
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactlyInAnyOrder(
                        mixed.resolve("a.png") + ": This is no picture file; send a PNG, JPEG, GIF, BMP or WebP file",
                        mixed.resolve("a.jpg")
                                + ": This is a JPEG XL file, which is not read; send a PNG, JPEG, GIF, BMP or WebP file",
                        "nowhere.png: there is no such file");
        assertThat(run.out()).startsWith(mixed.resolve("b.png").toString());
    }

    @Test
    void shouldReadStandardInput() throws Exception {
        PredictCommand command = new PredictCommand(new ByteArrayInputStream(Files.readAllBytes(picture)));

        RunCommand run = RunCommand.of(command, "--model", model, "--json", "-");

        assertSameAnswer(JSON.readTree(run.out()), pixels);
    }

    @Test
    void shouldReadKeysBeforeItAsksABroker() {
        RunCommand run = RunCommand.of(
                new PredictCommand(),
                "--trusted-keys=nowhere.pem",
                "--bootstrap-servers=localhost:1",
                picture.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().startsWith("predict: --trusted-keys: Cannot read key");
    }

    @Test
    void shouldSayInOneLineThatThereIsNoModel() {
        RunCommand run = RunCommand.of(new PredictCommand(), "--model", "no/model", picture.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).isEqualToIgnoringNewLines("predict: There is no model no/model, neither file nor folder");
    }

    @Test
    void shouldNotTakeAFileThatNothingDescribes() throws Exception {
        Path alone = Files.createDirectories(folder.resolve("alone")).resolve("model.pt");
        Files.write(alone, "something".getBytes(UTF_8));

        RunCommand run = RunCommand.of(new PredictCommand(), "--model", alone.toString(), picture.toString());

        assertThat(run.err()).contains("There is no manifest.json beside");
    }

    private static void assertSameAnswer(JsonNode answer, byte[] expected) {
        ChosenModel chosen = ModelFiles.read(Path.of(model));
        try (ArchiveClassifier classifier = chosen.open()) {
            float[] probabilities = classifier.classify(ByteBuffer.wrap(expected), 1)[0];
            for (int label = 0; label < probabilities.length; label++) {
                assertThat(answer.get("probabilities").get(label).asDouble())
                        .isCloseTo(probabilities[label], within(1e-5));
            }
        }
    }

    private static Path write(String name, byte[] grey) throws Exception {
        Path file = folder.resolve(name);
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 28, 28, grey);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }
}
