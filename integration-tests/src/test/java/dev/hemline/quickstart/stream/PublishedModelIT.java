package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Layer.GlobalAveragePool;
import dev.hemline.model.network.Layer.Linear;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.quickstart.Hemline;
import dev.hemline.testbed.broker.TestBroker;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict} and {@code evaluate} with models as they stand on the topic. */
class PublishedModelIT {
    @TempDir
    Path folder;

    @RegisterExtension
    final TestBroker broker = new TestBroker();

    @Test
    void shouldPredictWithTheVersionThatClassifiersAreToServe() throws Exception {
        // Given two versions
        String picture = picture();
        TestModels.publish(broker.settings(), 1);
        TestModels.publish(broker.settings(), 2);

        // Then the newest answers, and the pinned one as long as it is pinned
        assertThat(hemline("predict", "--json", picture)).contains("\"model\":\"fashion-mnist v2\"");
        hemline("models", "pin", "1");
        assertThat(hemline("predict", "--json", picture)).contains("\"model\":\"fashion-mnist v1\"");
        hemline("models", "unpin");
        assertThat(hemline("predict", "--json", "--model", "fashion-mnist", picture))
                .contains("\"model\":\"fashion-mnist v2\"");
    }

    @Test
    void shouldPredictWithTheVersionThatClassifiersServe() throws Exception {
        // Given a classifier that refused the newest version
        TestModels.publish(broker.settings(), 1);
        TestModels.publishBroken(broker.settings(), 2);
        try (TestClassifier running = TestClassifier.start(broker.settings(), "classifier", folder)) {
            await().atMost(PATIENCE)
                    .until(() -> running.count("hemline.models.refused") == 1
                            && running.metrics
                                            .get("hemline.model.version")
                                            .gauge()
                                            .value()
                                    == 1);
            await().atMost(PATIENCE).until(() -> hemline("models", "list").contains("serving on"));

            // Then
            assertThat(hemline("predict", "--json", picture())).contains("\"model\":\"fashion-mnist v1\"");
        }
    }

    @Test
    void shouldPublishModelsForImagesThatAreLargerThanARecord() throws Exception {
        for (Dimensions input : List.of(new Dimensions(3, 224, 224), new Dimensions(1, 1024, 1024))) {
            // Given a network for such images
            Network network = new Network("small", input, List.of(new GlobalAveragePool(), new Linear(2)));
            Path file = folder.resolve("small.pt");
            Files.write(file, TorchScriptArchive.write(network, Weights.initial(network, 1)));
            String shape = input.channels() + "x" + input.height() + "x" + input.width();
            String name = "for-" + shape;

            // When it is published
            assertThat(hemline(
                            "models", "publish", file.toString(), "--model", name, "--labels", "a,b", "--input", shape))
                    .contains("Published " + name + " v1");

            // Then it is whole on its topic, and answers
            assertThat(hemline("predict", "--json", "--model", name, picture()))
                    .contains("\"model\":\"" + name + " v1\"");
        }
    }

    @Test
    void shouldEvaluateAVersionByItsNumber() throws Exception {
        // Given two versions, and a small dataset
        Path data = Files.createDirectory(folder.resolve("data"));
        FashionMnistFixture.copyInto(data);
        TestModels.publish(broker.settings(), 1);
        TestModels.publish(broker.settings(), 2);

        // When
        String said = hemline("evaluate", "v1", "--data", data.toString());

        // Then
        assertThat(said).contains("fashion-mnist v1", "200 of test", "million an image");
    }

    @Test
    void shouldSayInOneLineThatThereIsNoModelYet() throws Exception {
        assertThat(run("predict", picture()))
                .isEqualToIgnoringNewLines(
                        "1 predict: There is no model on topic models yet; a trainer or hemline models"
                                + " publish puts one there");
    }

    private String picture() throws Exception {
        File file = folder.resolve("black.png").toFile();
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", file);
        return file.toString();
    }

    /** What the command said, which it must have done well. */
    private String hemline(String... arguments) {
        String said = run(arguments);
        assertThat(said).startsWith("0 ");
        return said;
    }

    /** Exit code and output. */
    private String run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", broker.settings().bootstrapServers()));
        StringWriter said = new StringWriter();
        String[] args = all.toArray(String[]::new);
        int code = Hemline.commandLine(Map.of(), args)
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(args);
        return code + " " + said;
    }
}
