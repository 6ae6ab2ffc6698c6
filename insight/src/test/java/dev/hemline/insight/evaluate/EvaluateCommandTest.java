package dev.hemline.insight.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.insight.RunCommand;
import dev.hemline.insight.UntrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    @TempDir
    static Path folder;

    private static Path model;
    private static String data;

    @BeforeAll
    static void makeModelAndData() throws Exception {
        model = UntrainedModel.writeTo(folder.resolve("model"));
        data = Files.createDirectory(folder.resolve("data")).toString();
        FashionMnistFixture.copyInto(Path.of(data));
    }

    @Test
    void shouldTellEverythingToPeopleAndPrograms() throws Exception {
        Path json = folder.resolve("figures.json");

        RunCommand run =
                RunCommand.of(new EvaluateCommand(), model.toString(), "--data", data, "--json", json.toString());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("200 of test", "95 % confidence", "million an image", "Ankle boot");
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        assertThat(figures.get("images").asInt()).isEqualTo(200);
        assertThat(figures.get("accuracyLow95").asDouble())
                .isLessThan(figures.get("accuracy").asDouble());
        assertThat(figures.get("operationsPerImage").asLong()).isGreaterThan(1_000_000);
        double recalls = 0;
        for (JsonNode figuresOfClass : figures.get("classes")) {
            recalls += figuresOfClass.get("recall").asDouble();
        }
        // All classes have as many images, so the mean recall is the accuracy.
        assertThat(recalls / 10).isCloseTo(figures.get("accuracy").asDouble(), within(1e-9));
    }

    @Test
    void shouldSayThatOperationsOfAForeignFileAreUnknown() throws Exception {
        // Given a file with no manifest beside it
        Path alone = Files.createDirectory(folder.resolve("alone")).resolve("foreign.pt");
        Files.copy(model.resolve("model.pt"), alone);

        // When
        RunCommand run = RunCommand.of(
                new EvaluateCommand(),
                alone.toString(),
                "--data",
                data,
                "--split",
                "validation",
                "--mean",
                "0.286",
                "--std",
                "0.353");

        // Then
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("of validation", "operations         unknown");
    }

    @Test
    void shouldSayInOneLineWhatIsNoModel() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pt"), "no model");

        RunCommand run = RunCommand.of(new EvaluateCommand(), text.toString(), "--data", data);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1).first().asString().contains("cannot be used (unknown-format)");
    }

    @Test
    void shouldExplainItself() {
        RunCommand run = RunCommand.of(new EvaluateCommand(), "--help");

        assertThat(run.out()).contains("95 % confidence");
    }
}
