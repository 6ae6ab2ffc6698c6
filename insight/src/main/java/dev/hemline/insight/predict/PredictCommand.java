package dev.hemline.insight.predict;

import dev.hemline.control.keys.TrustedKeysOption;
import dev.hemline.event.ModelInput;
import dev.hemline.image.ImageDecoder;
import dev.hemline.image.ImageLimits;
import dev.hemline.image.UnfitImageException;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.insight.data.ClassFolders;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.ImageClassifier;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.Texts;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline predict}. */
@Command(
        name = "predict",
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
public final class PredictCommand extends BaseCommand {
    private static final String STANDARD_INPUT = "-";
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

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
                            + " in it. Default: the model that classifiers serve; where none runs, the one published"
                            + " last, with --trusted-keys the one signed first")
    @Nullable
    String model;

    @Option(
            names = "--invert",
            description = "Turn light into dark and dark into light first: for dark clothes on white.")
    boolean invert;

    @Option(names = "--json", description = "One JSON object a line, with the probabilities of all classes.")
    boolean json;

    @Mixin
    TrustedKeysOption trusted = new TrustedKeysOption();

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

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
        List<String> all = names.stream().flatMap(PredictCommand::expand).toList();
        boolean allRight = true;
        try (ArchiveClassifier classifier = chosen.open()) {
            for (String name : all) {
                allRight &= answer(classifier, chosen, name);
            }
        }
        return allRight ? 0 : CommandLineApp.FAILED;
    }

    /** Whether there is an answer. */
    private boolean answer(ImageClassifier classifier, ChosenModel chosen, String name) {
        try {
            byte[] pixels = pixels(read(name), chosen.input());
            Prediction answer = Prediction.of(chosen, name, classifier.classify(ByteBuffer.wrap(pixels), 1)[0]);
            say(json ? JsonFile.line(answer) : answer.text());
            return true;
        } catch (NoSuchFileException e) {
            tellFailure(name, "there is no such file");
        } catch (UnfitImageException | IOException e) {
            tellFailure(name, String.valueOf(e.getMessage()));
        }
        return false;
    }

    /** Exactly as the stream does it: same decoder, same scaling. */
    private byte[] pixels(byte[] content, ModelInput input) throws UnfitImageException {
        byte[] pixels = new byte[input.getChannels() * input.getHeight() * input.getWidth()];
        DECODER.decode(content, input, ByteBuffer.wrap(pixels));
        if (invert) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (255 - (pixels[i] & 0xff));
            }
        }
        return pixels;
    }

    private record Failure(String file, String error) {}

    private void tellFailure(String name, String reason) {
        if (json) {
            say(JsonFile.line(new Failure(name, reason)));
        } else {
            err().println(Texts.printable(name) + ": " + Texts.printable(reason));
            err().flush();
        }
    }

    /** What a name stands for: itself, or for a folder the files in it, by name; hidden ones, texts and leftovers are left out. */
    private static Stream<String> expand(String name) {
        if (name.equals(STANDARD_INPUT) || !Files.isDirectory(Path.of(name))) {
            return Stream.of(name);
        }
        try (Stream<Path> files = Files.list(Path.of(name))) {
            List<String> inside = files.filter(Files::isRegularFile)
                    .filter(ClassFolders::isMeant)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            return inside.stream();
        } catch (IOException e) {
            throw new UserError("Cannot read the folder " + name + ": " + e, e);
        }
    }

    /** A file's content, or what comes in on standard input. */
    private byte[] read(String name) throws IOException {
        return name.equals(STANDARD_INPUT) ? standardInput.readAllBytes() : Files.readAllBytes(Path.of(name));
    }

    private ChosenModel choose() {
        if (model != null && ModelFiles.isMeant(model)) {
            return ModelFiles.read(Path.of(model));
        }
        Optional<TrustedKeys> keys = trusted.read();
        return ChosenModel.published(kafka.answering(), keys, models -> models.serving(Optional.ofNullable(model)));
    }
}
