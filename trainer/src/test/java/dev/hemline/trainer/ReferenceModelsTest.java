package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Networks;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.LoadedModel;
import dev.hemline.trainer.training.TrainingHistory;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceModelsTest {
    private static final Path FOLDER = Path.of("../reference-models");

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "large"})
    void shouldBeWhatClassifiersTakeAndAsGoodAsTheySay(String name) throws Exception {
        ModelFolder folder = new ModelFolder(FOLDER.resolve(name));
        ModelManifest manifest = folder.manifest();
        byte[] archive = folder.archive(manifest);
        LabelledImages images = FashionMnistFixture.load().test();

        // The golden batch is asked while loading.
        try (LoadedModel model = new DjlModelLoader().load(manifest, archive)) {
            assertThat(model).isNotNull();
        }

        try (ArchiveClassifier classifier =
                ArchiveClassifier.open(archive, manifest.getInput(), manifest.getOutput(), 10)) {
            // Of 200 images, so few because the fixture is small, more than twice as many wrong would be no accident.
            Answers answers = Answers.of(classifier, images);
            double accuracy = manifest.getEvaluation().getAccuracy();
            assertThat(answers.accuracy()).isGreaterThan(2 * accuracy - 1);
            double confidence = IntStream.range(0, answers.size())
                    .mapToDouble(answers::confidence)
                    .average()
                    .orElseThrow();
            assertThat(confidence).isCloseTo(accuracy, within(0.04));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "large"})
    void shouldTellTheSameStoryInEveryFile(String name) throws Exception {
        ModelManifest manifest = new ModelFolder(FOLDER.resolve(name)).manifest();
        TrainingHistory history = TrainingHistory.read(FOLDER.resolve(name).resolve("history.json"));

        assertThat(manifest.getNetwork())
                .isEqualTo(name)
                .isEqualTo(history.recipe().network());
        assertThat(manifest.getParameters())
                .isEqualTo(history.parameters())
                .isEqualTo(Networks.named(name, new Dimensions(1, 28, 28), 10).parameters());
        assertThat(manifest.getEvaluation().getAccuracy())
                .isEqualTo(Objects.requireNonNull(history.result()).testAccuracy());
    }
}
