package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.service.CommandLineApp;
import dev.hemline.trainer.training.Distillation;
import dev.hemline.trainer.training.TrainingHistory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaughtTrainingTest {
    @TempDir
    static Path folder;

    private static String teacher = "";

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void trainATeacher() throws IOException {
        FashionMnistFixture.copyInto(Files.createDirectory(folder.resolve("data")));
        teacher = folder.resolve("teacher").toString();
        int exitCode = train(new StringWriter(), "teacher");
        assertThat(exitCode).isZero();
    }

    @Test
    void shouldTellWhoTaught() throws Exception {
        // When
        assertThat(train(err, "taught", "--teacher", teacher))
                .as(err.toString())
                .isZero();

        // Then history, manifest and report do
        String sha256 =
                new ModelFolder(Path.of(teacher)).manifest().getArchive().getSha256();
        Path taught = folder.resolve("taught");
        assertThat(TrainingHistory.read(taught.resolve("history.json")).recipe().distillation())
                .isEqualTo(new Distillation(List.of(new Distillation.Source("tiny", sha256)), 0.9));
        assertThat(new ModelFolder(taught).manifest().getTraining())
                .containsEntry("teacher", "tiny with SHA-256 " + sha256 + ", weight 0.9");
        assertThat(taught.resolve("report.html"))
                .content()
                .contains("Taught by", "tiny (SHA-256 " + sha256.substring(0, 12) + "…), with a weight of 90.0 %");
    }

    @Test
    void shouldSayInOneLineThatATeacherIsDamaged() throws Exception {
        ModelFolder damaged = new ModelFolder(Files.createDirectory(folder.resolve("damaged")));
        ModelFolder whole = new ModelFolder(Path.of(teacher));
        Files.copy(whole.manifestFile(), damaged.manifestFile());
        byte[] archive = Files.readAllBytes(whole.archiveFile());
        archive[archive.length / 2] ^= 4;
        Files.write(damaged.archiveFile(), archive);

        assertThat(train(err, "nothing", "--teacher", damaged.path().toString()))
                .isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString().strip())
                .startsWith("train: Invalid value for option '--teacher' (MODEL): There is no whole model in")
                .contains("model.pt is not the archive that")
                .doesNotContain("\n");
    }

    @Test
    void shouldSayInOneLineThatATeacherKnowsOtherClasses() throws Exception {
        Path labels = folder.resolve("data/labels.txt");
        List<String> names = Files.readAllLines(labels);
        Path other = Files.createDirectory(folder.resolve("other"));
        FashionMnistFixture.copyInto(other);
        names.set(0, "Hat");
        Files.write(other.resolve("labels.txt"), names);

        assertThat(train(err, "nothing", "--teacher", teacher, "--data", other.toString()))
                .isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString().strip())
                .startsWith("train: " + teacher + " knows the classes [T-shirt/top,")
                .contains("and the dataset has [Hat,")
                .doesNotContain("\n");
    }

    @Test
    void shouldNotJudgeARecipeByImagesThatTheTeacherHasLearntFrom() {
        assertThat(train(err, "nothing", "--teacher", teacher, "--folds", "2")).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString()).startsWith("train: --folds goes without --teacher, who has learnt from");
    }

    private static int train(StringWriter err, String output, String... flags) {
        List<String> all = new ArrayList<>(List.of(flags));
        if (!all.contains("--data")) {
            all.addAll(List.of("--data", folder.resolve("data").toString()));
        }
        all.addAll(List.of("--output", folder.resolve(output).toString()));
        all.addAll(List.of("--epochs", "1", "--batch-size", "50", "--threads", "1"));
        return CommandLineApp.of(new TrainCommand(), Map.of())
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
