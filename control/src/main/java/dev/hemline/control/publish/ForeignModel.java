package dev.hemline.control.publish;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.GoldenBatches;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.model.serving.Sha256;
import dev.hemline.service.UserError;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What its maker says about a TorchScript file made elsewhere.
 *
 * @param network what people call its architecture
 * @param source where it came from, for those who look later
 */
record ForeignModel(
        String network,
        List<String> labels,
        ModelInput input,
        ModelOutput output,
        ModelEvaluation evaluation,
        String source) {
    private static final Pattern SHAPE = Pattern.compile("([1-9]\\d{0,4})[xX]([1-9]\\d{0,4})[xX]([1-9]\\d{0,4})");

    /**
     * A manifest, complete but for what publishing fills in, after a try-out: what passes here, classifiers take.
     *
     * @param archive the file's content
     * @param images for the golden batch, as bytes of the input's size
     * @param mind takes a sentence about what may be wrong
     * @throws ModelRefusedException if the file is not what its maker says
     */
    ModelManifest.Builder draft(byte[] archive, List<byte[]> images, Consumer<String> mind)
            throws ModelRefusedException {
        GoldenBatch golden;
        long parameters;
        try (ArchiveClassifier classifier = ArchiveClassifier.open(archive, input, output, labels.size())) {
            golden = GoldenBatches.record(classifier, input, images);
            parameters = classifier.parameters();
        }
        if (output == ModelOutput.LOGITS && givesProbabilities(archive, golden)) {
            mind.accept(
                    "Mind: what the network gives for every golden image are probabilities already, and as logits they"
                            + " go through a softmax once more, which makes every answer unsure; publish it with --output"
                            + " probabilities if it ends in a softmax");
        }
        ModelManifest.Builder draft = ModelManifest.newBuilder()
                .setCreatedAt(Instant.now())
                .setCreatedBy("hemline models publish, " + System.getProperty("user.name"))
                .setNetwork(network)
                .setParameters(parameters)
                .setLabels(labels)
                .setInput(input)
                .setOutput(output)
                .setEvaluation(evaluation)
                .setGolden(golden)
                .setTraining(Map.of("source", source));
        new DjlModelLoader().load(tryOut(draft, archive), archive).close();
        return draft;
    }

    private boolean givesProbabilities(byte[] archive, GoldenBatch golden) throws ModelRefusedException {
        try (ArchiveClassifier asItIs =
                ArchiveClassifier.open(archive, input, ModelOutput.PROBABILITIES, labels.size())) {
            for (ByteBuffer image : golden.getImages()) {
                if (!Probabilities.areProbabilities(asItIs.classify(image, 1)[0])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Publishing gives other names and numbers. */
    private static ModelManifest tryOut(ModelManifest.Builder draft, byte[] archive) {
        return draft.setName("try-out")
                .setVersion(1)
                .setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1))
                .build();
    }

    /**
     * The input as a manifest has it.
     *
     * @param shape channels, height and width: {@code 3x64x64}
     * @param mean one for all channels, or one per channel
     * @param std one for all channels, or one per channel
     * @throws IllegalArgumentException naming the flag that is wrong
     */
    static ModelInput input(String shape, List<Float> mean, List<Float> std, boolean invert) {
        Matcher parts = SHAPE.matcher(shape);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "--input is channels, height and width such as 1x28x28 or 3x64x64, not '" + shape + "'");
        }
        int channels = Integer.parseInt(parts.group(1));
        return new ModelInput(
                channels,
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                perChannel("--mean", mean, channels),
                perChannel("--std", std, channels),
                invert);
    }

    private static List<Float> perChannel(String flag, List<Float> values, int channels) {
        if (values.size() == 1) {
            return Collections.nCopies(channels, values.get(0));
        }
        if (values.size() != channels) {
            throw new IllegalArgumentException(
                    flag + " takes one number, or one for each of " + channels + " channels, not " + values.size());
        }
        return values;
    }

    /**
     * Class names, none of them twice.
     *
     * @param text names separated by commas, or a file with one a line
     * @throws UserError naming the line that is wrong
     */
    static List<String> labels(String text) {
        boolean isFile = isFile(text);
        // Of classes, some are called T-shirt/top.
        boolean isNames = text.contains(",") && !text.endsWith(".txt");
        if (!isFile && !isNames && (text.contains("/") || text.endsWith(".txt"))) {
            throw new UserError("There is no file --labels " + text);
        }
        List<String> names = isFile
                ? LabelFile.read(Path.of(text))
                : Stream.of(text.split(",", -1)).map(String::strip).toList();
        String unit = isFile ? "line " : "name ";
        String source = isFile ? " of --labels " + text : " of --labels";
        Map<String, Integer> places = new HashMap<>();
        for (int place = 1; place <= names.size(); place++) {
            String name = names.get(place - 1);
            if (name.isEmpty()) {
                throw new UserError(unit + place + source
                        + " is blank; names are in the order of the network's outputs, without gaps");
            }
            Integer before = places.put(name, place);
            if (before != null) {
                throw new UserError(unit + place + source + " is " + name + ", as " + unit + before
                        + " is; each class needs a name of its own");
            }
        }
        return names;
    }

    private static boolean isFile(String text) {
        try {
            return Files.exists(Path.of(text)) && !Files.isDirectory(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
