package dev.hemline.insight.predict;

import dev.hemline.image.UnfitImageException;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hemline predict}. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Says what pictures show: the three most likely classes of each, by the model that classifiers serve, or by one"
                    + " from a file. Pictures are decoded and scaled as in the stream, so the answer is the stream's.",
            "",
            "Models trained on Fashion-MNIST have only ever seen light clothes on a dark ground. A photo of dark clothes"
                    + " on a light ground is for them a picture of the ground: --invert turns it over first.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline predict boot.png",
            "  hemline predict --invert --model models/tiny photos/",
            "  curl -s https://example.com/bag.jpg | hemline predict --json -",
            "",
            "What is no picture is told in one line and the others go on; the exit code is then 1."
        })
public final class PredictCommand implements Callable<Integer> {
    private final InputStream standardInput;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Pictures (PNG, JPEG, GIF, BMP, WebP), folders of them, or - for standard input.")
    List<String> names = List.of();

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description =
                    "A model's name on topic models; or a folder that hemline train --output wrote, or the model.pt"
                            + " in it. Default: the model published last")
    @Nullable
    String model;

    @Option(
            names = "--invert",
            description = "Turn light into dark and dark into light first: for dark clothes on white.")
    boolean invert;

    @Option(names = "--json", description = "One JSON object a line, with the probabilities of all classes.")
    boolean json;

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Spec
    @Nullable
    CommandSpec spec;

    public PredictCommand() {
        this(System.in);
    }

    /** @param standardInput what {@code -} stands for */
    PredictCommand(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() {
        ChosenModel chosen = choose();
        Pictures pictures = new Pictures(standardInput);
        List<String> all = names.stream().flatMap(pictures::expand).toList();
        PredictionFormat format = json ? PredictionFormat.json(chosen) : PredictionFormat.text();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = json ? out : spec.commandLine().getErr();
        boolean allRight = true;
        try (ArchiveClassifier classifier = chosen.open()) {
            Predictor predictor = new Predictor(classifier, chosen.input(), chosen.labels(), invert);
            for (String name : all) {
                try {
                    out.println(format.answer(name, predictor.predict(name, pictures.read(name))));
                } catch (NoSuchFileException e) {
                    err.println(format.failure(name, "there is no such file"));
                    allRight = false;
                } catch (UnfitImageException | IOException e) {
                    err.println(format.failure(name, String.valueOf(e.getMessage())));
                    allRight = false;
                }
                out.flush();
                err.flush();
            }
        }
        return allRight ? 0 : CommandLineApp.FAILED;
    }

    private ChosenModel choose() {
        if (model != null && ModelFiles.isMeant(model)) {
            return ModelFiles.read(Path.of(model));
        }
        return ChosenModel.published(kafka.settings(), models -> models.serving(Optional.ofNullable(model)));
    }
}
