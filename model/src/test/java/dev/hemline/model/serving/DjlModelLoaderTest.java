package dev.hemline.model.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class DjlModelLoaderTest {
    private static final byte[] ARCHIVE = ExampleModel.archive();
    private static final Network TINY = Networks.tiny(new Dimensions(1, 28, 28), 10);

    private final ModelManifest.Builder manifest = ExampleModel.manifest(ARCHIVE);
    private final ModelLoader loader = new DjlModelLoader();

    @Test
    void shouldGiveProbabilitiesWhenTheModelProvesItself() throws Exception {
        try (LoadedModel model = loader.load(manifest.build(), ARCHIVE);
                ImageClassifier classifier = model.newClassifier()) {
            ByteBuffer pixels = images(5);

            float[][] rows = classifier.classify(pixels, 5);

            assertThat(rows).hasDimensions(5, 10);
            for (float[] row : rows) {
                assertThat(sum(row)).isCloseTo(1, within(1e-5));
            }
            assertThat(pixels.position()).isZero();
        }
    }

    @Test
    void shouldAnswerTheSameInBatchesOfAnySize() throws Exception {
        try (LoadedModel model = loader.load(manifest.build(), ARCHIVE);
                ImageClassifier classifier = model.newClassifier()) {
            float[][] together = classifier.classify(images(64), 64);

            for (int image = 0; image < 64; image += 7) {
                float[] alone = classifier.classify(ByteBuffer.wrap(ExampleModel.IMAGES.image(image)), 1)[0];
                for (int label = 0; label < 10; label++) {
                    assertThat(alone[label]).isCloseTo(together[image][label], within(1e-5f));
                }
            }
        }
    }

    @Test
    void shouldAnswerNearlyTheSameInBfloat16() throws Exception {
        try (LoadedModel exact = loader.load(manifest.build(), ARCHIVE);
                ImageClassifier exactly = exact.newClassifier();
                LoadedModel model = new DjlModelLoader(Precision.BFLOAT16).load(manifest.build(), ARCHIVE);
                ImageClassifier classifier = model.newClassifier()) {
            float[][] expected = exactly.classify(images(16), 16);

            float[][] answers = classifier.classify(images(16), 16);

            assertThat(answers[0]).isNotEqualTo(expected[0]);
            for (int image = 0; image < 16; image++) {
                for (int label = 0; label < 10; label++) {
                    assertThat(answers[image][label]).isCloseTo(expected[image][label], within(0.01f));
                }
            }
        }
    }

    @Test
    void shouldServeInFloat32WhatDoesNotTakeBfloat16() throws Exception {
        // Given an archive that was not written for it
        byte[] archive = TorchScriptArchive.writeTrainable(TINY, Weights.initial(TINY, 7), Precision.FLOAT32);
        ModelManifest fitting = ExampleModel.manifest(archive).build();

        // When bfloat16 is wanted
        try (LoadedModel exact = loader.load(fitting, archive);
                ImageClassifier exactly = exact.newClassifier();
                LoadedModel model = new DjlModelLoader(Precision.BFLOAT16).load(fitting, archive);
                ImageClassifier classifier = model.newClassifier()) {

            // Then it answers as ever
            assertThat(classifier.classify(images(5), 5)).isDeepEqualTo(exactly.classify(images(5), 5));
        }
    }

    @Test
    void shouldRefuseToClassifyMoreImagesThanGiven() throws Exception {
        try (LoadedModel model = loader.load(manifest.build(), ARCHIVE);
                ImageClassifier classifier = model.newClassifier()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> classifier.classify(images(2), 3))
                    .withMessage("3 images of 784 bytes asked for, 1568 bytes given");
        }
    }

    @Test
    void shouldMakeNoClassifierWhenClosed() throws Exception {
        LoadedModel model = loader.load(manifest.build(), ARCHIVE);

        model.close();

        model.close();
        assertThatIllegalStateException().isThrownBy(model::newClassifier);
    }

    @Test
    void shouldRefuseAnUnknownFormat() {
        manifest.setArchive(new ModelArchive("onnx", (long) ARCHIVE.length, Sha256.hex(ARCHIVE), 1));

        assertRefused(Reason.UNKNOWN_FORMAT, "the archive's format is onnx; this release loads torchscript");
    }

    @Test
    void shouldRefuseAnArchiveOfAnotherSize() {
        manifest.setArchive(new ModelArchive("torchscript", 12L, Sha256.hex(ARCHIVE), 1));

        assertRefused(Reason.ARCHIVE_SIZE, "where the manifest says 12");
    }

    @Test
    void shouldRefuseAnArchiveOfAnotherDigest() {
        manifest.setArchive(new ModelArchive("torchscript", (long) ARCHIVE.length, "00".repeat(32), 1));

        assertRefused(Reason.ARCHIVE_SHA256, "the archive's SHA-256 is " + Sha256.hex(ARCHIVE));
    }

    @Test
    void shouldRefuseWhatLibtorchDoesNotLoad() throws IOException {
        var zip = new ByteArrayOutputStream();
        try (var entries = new ZipOutputStream(zip)) {
            entries.putNextEntry(new ZipEntry("model/constants.pkl"));
        }
        byte[] archive = zip.toByteArray();
        describe(archive);

        assertRefused(archive, Reason.UNLOADABLE, "libtorch does not load the archive");
    }

    @Test
    void shouldRefuseLabelsThatDoNotMatchTheOutput() {
        manifest.setLabels(List.of("yes", "no"));
        manifest.setGolden(new GoldenBatch(
                List.of(ByteBuffer.wrap(ExampleModel.IMAGES.image(0))), List.of(List.of(0.5f, 0.5f)), 0.01f));

        assertRefused(Reason.LABELS, "the network gives (1, 10) for 1 images and 2 labels");
    }

    @Test
    void shouldRefuseAnInputThatTheNetworkDoesNotTake() {
        manifest.setInput(new ModelInput(3, 28, 28, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f), false));
        manifest.setGolden(
                new GoldenBatch(List.of(ByteBuffer.allocate(3 * 784)), List.of(Collections.nCopies(10, 0.1f)), 0.01f));

        assertRefused(Reason.INPUT_SHAPE, "the network does not take 3 x 28 x 28 images: RuntimeError: Given groups=1");
    }

    @Test
    void shouldRefuseWeightsThatAreNotFinite() {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(Weights.initial(TINY, 7).tensors());
        float[] bias = new float[10];
        bias[3] = Float.NEGATIVE_INFINITY;
        tensors.put("linear1_bias", Tensor.parameter(List.of(10), bias));
        byte[] archive = TorchScriptArchive.write(TINY, new Weights(tensors));
        describe(archive);

        assertRefused(archive, Reason.NOT_FINITE, "the weights linear1_bias hold NaN or infinity");
    }

    @Test
    void shouldRefuseAnswersThatAreNotFinite() {
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(Weights.initial(TINY, 7).tensors());
        float[] mean = new float[16];
        mean[0] = Float.NaN;
        tensors.put("norm1_running_mean", Tensor.buffer(List.of(16), mean));
        byte[] archive = TorchScriptArchive.write(TINY, new Weights(tensors));
        describe(archive);

        assertRefused(archive, Reason.NOT_FINITE, "the network gives NaN or infinity for golden image 0");
    }

    @Test
    void shouldRefuseLogitsThatAnotherReleasePublishedAsProbabilities() {
        manifest.setOutput(ModelOutput.PROBABILITIES);

        assertRefused(Reason.NOT_PROBABILITIES, "which are no probabilities");
    }

    @Test
    void shouldRefuseAnswersThatAreNotTheGoldenOnes() {
        GoldenBatch golden = ExampleModel.manifest(ARCHIVE).getGolden();
        List<List<Float>> answers = new ArrayList<>(golden.getProbabilities());
        Collections.swap(answers, 0, 1);
        manifest.setGolden(new GoldenBatch(golden.getImages(), answers, 1e-6f));

        assertRefused(Reason.GOLDEN_BATCH, "golden image 0 gives");
    }

    @Test
    void shouldRefuseManifestsThatContradictThemselves() {
        manifest.setInput(new ModelInput(1, 28, 28, List.of(0f), List.of(0f), false));
        assertRefused(Reason.MANIFEST, "input.std [0.0] above 0");

        manifest.setInput(new ModelInput(1, 28, 28, List.of(0f, 0f), List.of(1f), false));
        assertRefused(Reason.MANIFEST, "2 means and 1 deviations for 1 channels");

        manifest.setInput(new ModelInput(1, 32, 32, List.of(0f), List.of(1f), false));
        assertRefused(Reason.MANIFEST, "a golden image has 784 bytes; the input has 1024");

        manifest.setInput(ExampleModel.INPUT).setLabels(List.of());
        assertRefused(Reason.MANIFEST, "there are no labels");

        manifest.setLabels(List.of("shirt", "shirt"));
        assertRefused(Reason.MANIFEST, "labels must be unique");
    }

    private void describe(byte[] archive) {
        manifest.setArchive(new ModelArchive("torchscript", (long) archive.length, Sha256.hex(archive), 1));
    }

    private void assertRefused(Reason reason, String message) {
        assertRefused(ARCHIVE, reason, message);
    }

    private void assertRefused(byte[] archive, Reason reason, String message) {
        ModelRefusedException refusal =
                catchThrowableOfType(ModelRefusedException.class, () -> loader.load(manifest.build(), archive));
        assertThat(refusal).isNotNull().hasMessageContaining(message);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    private static ByteBuffer images(int n) {
        ByteBuffer pixels = ByteBuffer.allocate(n * 784);
        for (int i = 0; i < n; i++) {
            pixels.put(ExampleModel.IMAGES.image(i));
        }
        return pixels.flip();
    }

    private static double sum(float[] row) {
        double sum = 0;
        for (float value : row) {
            sum += value;
        }
        return sum;
    }
}
