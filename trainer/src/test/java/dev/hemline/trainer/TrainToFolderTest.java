package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.service.CommandLineApp;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.TrainingHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainToFolderTest {
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @BeforeEach
    void copyImages() throws IOException {
        FashionMnistFixture.copyInto(Files.createDirectory(folder.resolve("data")));
    }

    @Test
    void shouldWriteAModelThatAnswersAsItsManifestSays() throws Exception {
        // When
        train("--output", path("model"), "--epochs", "2");

        // Then history and manifest tell the same story
        ModelFolder files = new ModelFolder(folder.resolve("model"));
        ModelManifest manifest = files.manifest();
        TrainingHistory history = TrainingHistory.read(folder.resolve("model/history.json"));
        assertThat(history.epochs()).extracting(EpochResult::epoch).containsExactly(1, 2);
        TrainingHistory.Result result = Objects.requireNonNull(history.result());
        assertThat(manifest.getEvaluation().getSplit()).isEqualTo("test");
        assertThat(manifest.getEvaluation().getAccuracy()).isEqualTo(result.testAccuracy());
        assertThat(result.testInterval().low()).isLessThan(result.testAccuracy());
        assertThat(manifest.getTraining())
                .containsEntry("epoch", result.epoch() + " of 2")
                .containsEntry("threads", "1")
                .hasEntrySatisfying("logitTemperature", told -> assertThat(told).isNotEqualTo("1.0"));
        assertThat(folder.resolve("model/report.html")).content().contains("logits divided by");

        // And the archive is as good as they say
        LabelledImages test = FashionMnistFixture.load().test();
        try (ArchiveClassifier classifier = ArchiveClassifier.open(
                files.archive(manifest),
                manifest.getInput(),
                manifest.getOutput(),
                test.classNames().size())) {
            Answers answers = Answers.of(classifier, test);
            assertThat(answers.accuracy()).isEqualTo(result.testAccuracy());
            assertThat(answers.loss()).isCloseTo(result.testLoss(), within(1e-6));
        }
    }

    @Test
    void shouldEndTheSameAfterKillMinusNineInMidEpoch() throws Exception {
        // Given a training that is killed in its second epoch or later
        Process training = start("--output", path("killed"), "--epochs", "6", "--limit", "500");
        Path checkpoint = folder.resolve("killed/checkpoint/latest.ckpt");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(checkpoint));
        training.destroyForcibly().waitFor();
        int done = TrainingHistory.read(folder.resolve("killed/history.json"))
                .epochs()
                .size();
        assertThat(done).as("epochs before the kill").isBetween(1, 5);
        assertThat(folder.resolve("killed/model.pt")).doesNotExist();

        // When it goes on, and another one is never interrupted
        train("--output", path("killed"), "--epochs", "6", "--limit", "500", "--resume");
        train("--output", path("whole"), "--epochs", "6", "--limit", "500");

        // Then there is no difference
        assertThat(folder.resolve("killed/model.pt")).hasSameBinaryContentAs(folder.resolve("whole/model.pt"));
    }

    @Test
    void shouldNotReplaceATrainingThatIsThere() {
        train("--output", path("model"), "--epochs", "1");

        int exitCode = execute("--output", path("model"), "--epochs", "1");

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString())
                .contains("model holds a training already; --resume goes on with it, another --output begins anew");
    }

    @Test
    void shouldSayInOneLineWhenItCannotWrite() throws Exception {
        Files.writeString(folder.resolve("file"), "in the way");

        int exitCode = execute("--output", path("file"), "--epochs", "1");

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString().strip())
                .startsWith("train: Nothing can be written to --output ")
                .doesNotContain("\n");
    }

    @Test
    void shouldBeginWithTheNetworkOfAnEarlierTraining() throws Exception {
        train("--output", path("first"), "--epochs", "4");

        // With so small a rate nothing is learnt, so what the second one knows it knows from the first.
        train("--output", path("second"), "--epochs", "1", "--start-from", path("first"), "--learning-rate", "1e-9");

        assertThat(validationAccuracy("second")).isGreaterThan(validationAccuracy("first") - 0.05);
        assertThat(validationAccuracy("first")).as("more than guessing").isGreaterThan(0.3);
    }

    @Test
    void shouldSayWhereThereIsNoEarlierTraining() {
        int exitCode = execute("--output", path("model"), "--start-from", path("nowhere"));

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString().strip())
                .isEqualTo("train: --start-from: there is no checkpoint in " + folder.resolve("nowhere/checkpoint"));
    }

    @Test
    void shouldJudgeARecipeByCrossValidation() throws Exception {
        train("--output", path("folds"), "--epochs", "1", "--folds", "2", "--limit", "600");

        assertThat(folder.resolve("folds/folds.json"))
                .content()
                .contains("\"trainImages\" : 300", "\"validationImages\" : 300", "\"mean\" : ", "\"deviation\" : ");
        assertThat(folder.resolve("folds/model.pt")).doesNotExist();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private double validationAccuracy(String name) throws IOException {
        TrainingHistory history = TrainingHistory.read(folder.resolve(name).resolve("history.json"));
        return Objects.requireNonNull(history.result()).validationAccuracy();
    }

    private void train(String... flags) {
        assertThat(execute(flags)).as("exit code, having said: " + err).isZero();
    }

    private int execute(String... flags) {
        return CommandLineApp.of(new TrainCommand(), Map.of())
                .setErr(new PrintWriter(err))
                .execute(withData(flags).toArray(String[]::new));
    }

    private Process start(String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-cp",
                System.getProperty("java.class.path"),
                TrainCommand.class.getName()));
        command.addAll(withData(flags));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("training.log").toFile())
                .start();
    }

    private List<String> withData(String... flags) {
        List<String> all = new ArrayList<>(List.of("--data", path("data"), "--threads", "1", "--batch-size", "50"));
        all.addAll(List.of(flags));
        return all;
    }
}
