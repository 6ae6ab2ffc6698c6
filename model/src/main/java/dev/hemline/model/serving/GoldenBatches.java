package dev.hemline.model.serving;

import static java.util.stream.Collectors.joining;

import ai.djl.engine.EngineException;
import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelInput;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A few images with a model's answers: made where the model is made, replayed wherever it is to serve. */
public final class GoldenBatches {

    /** Other processors round otherwise, by about 1e-6; a model that differs by more than this is another model. */
    public static final float TOLERANCE = 1e-3f;

    /** What networks are exported for that know one number of images only. */
    private static final int[] LIKELY_BATCHES = {1, 2, 4, 8, 16, 32, 64};
    /** Of pixels, which libtorch takes as four times as many: a model that is refused must not take a classifier's memory. */
    private static final int LARGEST_TRIED_BYTES = 16 << 20;

    private static final int SHOWN = 5;

    /** How libtorch says that weights are not of the images' type. */
    private static final Pattern OTHER_TYPE = Pattern.compile("(weight|bias) type|(?i)same dtype");

    private static final String IN_FLOAT32 =
            "; images are float32, so save it by torch.jit.script(model.float().eval()).save(\"model.pt\")";

    private static final String EACH_TIME =
            "golden image %d gives another answer each time, for label %d first %.6f, then"
                    + " %.6f: dropout is on; export it in eval mode: torch.jit.trace(model.eval(), …)";
    private static final String IN_COMPANY =
            "the answer to golden image %d depends on what else is in the batch, for label"
                    + " %d it is %.6f, then %.6f: batch norm is in training mode; export it in eval mode:"
                    + " torch.jit.trace(model.eval(), …)";

    private GoldenBatches() {}

    /**
     * Asks a classifier about some images and writes the answers down, if they are the same when it is asked again and in
     * other company.
     *
     * @param input what the classifier takes
     * @param images raw pixels, channels × height × width bytes each, at least one image
     * @throws ModelRefusedException if the network does not take the images or only so many at a time, gives NaN or no
     *     probabilities, more or fewer numbers than there are labels, or another answer each time
     */
    public static GoldenBatch record(ImageClassifier classifier, ModelInput input, List<byte[]> images)
            throws ModelRefusedException {
        List<ByteBuffer> pixels = images.stream().map(ByteBuffer::wrap).toList();
        float[][] answers = answers(classifier, input, pixels);
        requireAlike(answers, answers(classifier, input, pixels), EACH_TIME);
        List<ByteBuffer> mixed = new ArrayList<>(pixels);
        mixed.add(inverted(images.get(0)));
        requireAlike(answers, answers(classifier, input, mixed), IN_COMPANY);
        requireAlike(answers, answers(classifier, input, pixels.subList(0, 1)), IN_COMPANY);
        return new GoldenBatch(
                pixels, Stream.of(answers).map(GoldenBatches::asList).toList(), TOLERANCE);
    }

    private static void requireAlike(float[][] answers, float[][] again, String why) throws ModelRefusedException {
        for (int image = 0; image < Math.min(answers.length, again.length); image++) {
            for (int label = 0; label < answers[image].length; label++) {
                if (Math.abs(answers[image][label] - again[image][label]) > TOLERANCE) {
                    throw new ModelRefusedException(
                            Reason.GOLDEN_BATCH,
                            String.format(Locale.ROOT, why, image, label, answers[image][label], again[image][label]));
                }
            }
        }
    }

    private static ByteBuffer inverted(byte[] image) {
        byte[] inverted = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            inverted[i] = (byte) ~image[i];
        }
        return ByteBuffer.wrap(inverted);
    }

    /**
     * Asks again, all at once and one alone, and compares: a network may know a single batch size only.
     *
     * @param tolerance how far probabilities may be off
     */
    static void replay(GoldenBatch golden, ModelInput input, ImageClassifier classifier, float tolerance)
            throws ModelRefusedException {
        List<ByteBuffer> images = golden.getImages();
        compare(golden, answers(classifier, input, images), tolerance);
        if (images.size() > 1) {
            compare(golden, answers(classifier, input, images.subList(0, 1)), tolerance);
        } else {
            answers(classifier, input, List.of(images.get(0), images.get(0)));
        }
    }

    private static void compare(GoldenBatch golden, float[][] answers, float tolerance) throws ModelRefusedException {
        for (int image = 0; image < answers.length; image++) {
            List<Float> expected = golden.getProbabilities().get(image);
            for (int label = 0; label < expected.size(); label++) {
                float difference = Math.abs(answers[image][label] - expected.get(label));
                // Written so that NaN in the manifest fails too.
                if (!(difference <= tolerance)) {
                    throw new ModelRefusedException(
                            Reason.GOLDEN_BATCH,
                            String.format(
                                    Locale.ROOT,
                                    "golden image %d gives %.6f for label %d where the manifest says %.6f, off by more than %.6f",
                                    image,
                                    answers[image][label],
                                    label,
                                    expected.get(label),
                                    tolerance));
                }
            }
        }
    }

    private static float[][] answers(ImageClassifier classifier, ModelInput input, List<ByteBuffer> images)
            throws ModelRefusedException {
        float[][] answers = ask(classifier, input, images);
        for (int image = 0; image < answers.length; image++) {
            if (!Probabilities.areFinite(answers[image])) {
                throw new ModelRefusedException(
                        Reason.NOT_FINITE, "the network gives NaN or infinity for golden image " + image);
            }
            if (!Probabilities.areProbabilities(answers[image])) {
                throw new ModelRefusedException(
                        Reason.NOT_PROBABILITIES,
                        "for golden image " + image + " the network gives " + few(answers[image])
                                + ", which are no probabilities: each is 0 to 1, and together they are 1; publish it with"
                                + " --output logits, or let it end in a softmax");
            }
        }
        return answers;
    }

    private static float[][] ask(ImageClassifier classifier, ModelInput input, List<ByteBuffer> images)
            throws ModelRefusedException {
        try {
            return classifier.classify(joined(images), images.size());
        } catch (DjlClassifier.UnexpectedOutputException e) {
            requireAnyBatch(classifier, images);
            throw new ModelRefusedException(Reason.LABELS, "outputs and labels do not match: " + e.getMessage(), e);
        } catch (EngineException e) {
            requireAnyBatch(classifier, images);
            throw new ModelRefusedException(
                    Reason.INPUT_SHAPE,
                    "the network does not take %s x %s x %s images: %s"
                                    .formatted(
                                            input.getChannels(),
                                            input.getHeight(),
                                            input.getWidth(),
                                            DjlModel.sentence(e))
                            + (OTHER_TYPE.matcher(DjlModel.sentence(e)).find() ? IN_FLOAT32 : ""),
                    e);
        }
    }

    /** Where a batch failed, tells whether another number of the same images would have gone well. */
    private static void requireAnyBatch(ImageClassifier classifier, List<ByteBuffer> images)
            throws ModelRefusedException {
        int most = LARGEST_TRIED_BYTES / images.get(0).remaining();
        for (int size : LIKELY_BATCHES) {
            if (size != images.size() && size <= most && takes(classifier, Collections.nCopies(size, images.get(0)))) {
                throw new ModelRefusedException(
                        Reason.INPUT_SHAPE,
                        "the network takes batches of " + size + " and not of " + images.size()
                                + ": a number of images is"
                                + " part of its code; have it use x.flatten(1) for x.view(" + size
                                + ", -1), or export it"
                                + " with a dynamic batch size");
            }
        }
    }

    private static boolean takes(ImageClassifier classifier, List<ByteBuffer> images) {
        try {
            return classifier.classify(joined(images), images.size()).length == images.size();
        } catch (DjlClassifier.UnexpectedOutputException | EngineException e) {
            return false;
        }
    }

    private static String few(float[] row) {
        return IntStream.range(0, Math.min(row.length, SHOWN))
                        .mapToObj(label -> String.format(Locale.ROOT, "%.3f", row[label]))
                        .collect(joining(", "))
                + (row.length > SHOWN ? ", …" : "");
    }

    private static ByteBuffer joined(List<ByteBuffer> images) {
        ByteBuffer joined = ByteBuffer.allocate(
                images.stream().mapToInt(ByteBuffer::remaining).sum());
        images.forEach(image -> joined.put(image.duplicate()));
        return joined.flip();
    }

    private static List<Float> asList(float[] row) {
        List<Float> list = new ArrayList<>();
        for (float value : row) {
            list.add(value);
        }
        return list;
    }
}
