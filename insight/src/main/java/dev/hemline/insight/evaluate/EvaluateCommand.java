package dev.hemline.insight.evaluate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.control.keys.TrustedKeysOption;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.ProgressBars;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline evaluate}. */
@Command(
        name = "evaluate",
        sortOptions = false,
        description = {
            "Asks a model about images whose classes are known, and tells how good it is: accuracy with the interval in"
                    + " which the true one lies with 95 %% confidence, precision, recall and F1 of each class, parameters,"
                    + " operations per image, size.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline evaluate models/tiny",
            "  hemline evaluate v12 --bootstrap-servers kafka-1:9092",
            "  hemline evaluate resnet.pt --mean 0.286 --std 0.353 --json resnet.json"
        })
public final class EvaluateCommand extends BaseCommand {
    private static final Pattern VERSION = Pattern.compile("[vV]0*([1-9]\\d{0,8})");

    /** Which of a dataset's images. */
    enum Part {
        TRAIN,
        VALIDATION,
        TEST;

        LabelledImages of(Split split) {
            return switch (this) {
                case TRAIN -> split.train();
                case VALIDATION -> split.validation();
                case TEST -> split.test();
            };
        }
    }

    @Parameters(
            paramLabel = "MODEL",
            description =
                    "A folder that hemline train --output wrote, a TorchScript file, or a published version such as"
                            + " v12.")
    String model = "";

    @Mixin
    DataOptions data = new DataOptions();

    @Option(
            names = "--split",
            paramLabel = "PART",
            defaultValue = "test",
            description =
                    "Which images to ask about: train, validation or test. Choose by validation; test is for the last"
                            + " word. Default: ${DEFAULT-VALUE}")
    Part part = Part.TEST;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file too, for programs.")
    @Nullable
    Path json;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            description =
                    "The model that a version such as v12 is of. Default: the one that classifiers serve; where none runs,"
                            + " the one published last, with --trusted-keys the one signed first")
    @Nullable
    String name;

    @Option(
            names = "--mean",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description =
                    "For a file without a manifest.json beside it: subtracted from pixels scaled to 0..1. Default: 0")
    float mean;

    @Option(
            names = "--std",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description =
                    "For such a file: what the rest is divided by. It has to give logits, one a class. Default: 1")
    float std = 1;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description =
                    "What the network computes with: float32, or bfloat16 as a classifier with that flag serves it."
                            + " Default: ${DEFAULT-VALUE}")
    Precision precision = Precision.FLOAT32;

    @Mixin
    TrustedKeysOption trusted = new TrustedKeysOption();

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Override
    public Integer call() {
        LabelledImages images = part.of(data.split());
        ChosenModel chosen = choose(images).inPrecision(precision);
        chosen.requireFit(images);
        Scorecard card = measure(chosen, images);
        say(card.lines());
        if (json != null) {
            write(json, JsonFile.text(card) + "\n");
        }
        return 0;
    }

    private Scorecard measure(ChosenModel chosen, LabelledImages images) {
        try (ArchiveClassifier classifier = chosen.open();
                ProgressBar progress =
                        ProgressBars.of("Evaluating", images.size(), "images").build()) {
            return Scorecard.of(
                    chosen,
                    chosen.manifest().map(ModelManifest::getParameters).orElseGet(classifier::parameters),
                    part.name().toLowerCase(Locale.ROOT),
                    Answers.of(classifier, images, progress::step));
        }
    }

    private ChosenModel choose(LabelledImages images) {
        Matcher version = VERSION.matcher(model);
        if (version.matches() && !ModelFiles.isMeant(model)) {
            int number = Integer.parseInt(version.group(1));
            Optional<TrustedKeys> keys = trusted.read();
            return ChosenModel.published(
                    kafka.answering(), keys, models -> models.version(Optional.ofNullable(name), number));
        }
        ModelInput input = new ModelInput(1, images.height(), images.width(), List.of(mean), List.of(std), false);
        return ModelFiles.readAny(Path.of(model), images.classNames(), input);
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content, UTF_8);
        } catch (IOException e) {
            throw new UserError("Cannot write --json " + file + ": " + e, e);
        }
    }
}
