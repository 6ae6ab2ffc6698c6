package dev.hemline.chaos.models;

import dev.hemline.chaos.cluster.Classifiers;
import dev.hemline.chaos.models.ModelDraft.Version;
import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.model.signing.SigningKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** The ways in which a version is bad, each named after the reason for which it has to be refused. */
enum BadModel {
    UNSIGNED(draft ->
            new Version(draft.manifest(draft.archive()).build(), draft.good().chunks())),
    UNKNOWN_KEY(draft -> new Version(
            SigningKey.generate().sign(draft.good().manifest()), draft.good().chunks())),
    BAD_SIGNATURE(draft -> {
        ModelManifest boasting = ModelManifest.newBuilder(draft.good().manifest())
                .setEvaluation(new ModelEvaluation("test", 10_000, 0.999, 0.001))
                .build();
        return new Version(boasting, draft.good().chunks());
    }),
    TOO_LARGE(draft -> draft.signed(manifest -> {
        long bytes = Classifiers.MAX_MODEL_BYTES + draft.archive().length;
        manifest.getArchiveBuilder().setSizeBytes(bytes).setChunks(ModelChunks.count(bytes));
    })),
    /** A version that is there already, with other names for its classes. */
    CHANGED_CONTENT(draft -> draft.signed(manifest -> manifest.setLabels(reversed(manifest.getLabels())))),
    MANIFEST(draft -> draft.signed(manifest -> manifest.getGoldenBuilder().setTolerance(0f))),
    UNKNOWN_FORMAT(
            draft -> draft.signed(manifest -> manifest.getArchiveBuilder().setFormat("onnx"))),
    MISSING_CHUNK(draft -> new Version(draft.good().manifest(), List.of())),
    /** The first one says that it is another. */
    EXTRA_CHUNK(draft -> {
        List<ModelChunk> chunks = new ArrayList<>(draft.good().chunks());
        chunks.set(
                0, ModelChunk.newBuilder(chunks.get(0)).setIndex(chunks.size()).build());
        return new Version(draft.good().manifest(), chunks);
    }),
    ARCHIVE_SIZE(draft -> new Version(
            draft.good().manifest(), draft.chunks(Arrays.copyOf(draft.archive(), draft.archive().length - 1)))),
    ARCHIVE_SHA256(draft -> {
        byte[] damaged = draft.archive().clone();
        damaged[damaged.length / 2] ^= 1;
        return new Version(draft.good().manifest(), draft.chunks(damaged));
    }),
    UNLOADABLE(draft -> {
        byte[] noise = new byte[10_000];
        new Random(draft.number()).nextBytes(noise);
        return draft.signed(draft.manifest(noise), noise);
    }),
    /** A network for grey pictures that says it takes coloured ones. */
    INPUT_SHAPE(draft -> draft.signed(manifest -> {
        ModelInput.Builder input = manifest.getInputBuilder().setChannels(3);
        input.setMean(Collections.nCopies(3, input.getMean().get(0)))
                .setStd(Collections.nCopies(3, input.getStd().get(0)));
        GoldenBatch.Builder golden = manifest.getGoldenBuilder();
        golden.setImages(golden.getImages().stream()
                .map(image -> ByteBuffer.allocate(3 * image.remaining()))
                .toList());
    })),
    LABELS(draft -> draft.signed(manifest -> {
        manifest.setLabels(butLast(manifest.getLabels()));
        GoldenBatch.Builder golden = manifest.getGoldenBuilder();
        golden.setProbabilities(
                golden.getProbabilities().stream().map(BadModel::butLast).toList());
    })),
    NOT_FINITE(draft -> {
        Network network = Networks.named(
                "tiny", new Dimensions(1, FashionMnist.HEIGHT, FashionMnist.WIDTH), FashionMnist.CLASSES);
        Map<String, Tensor> tensors =
                new LinkedHashMap<>(Weights.initial(network, draft.number()).tensors());
        tensors.replaceAll((name, tensor) -> {
            float[] values = tensor.values();
            values[0] = Float.NaN;
            return tensor.withValues(values);
        });
        byte[] archive = TorchScriptArchive.write(network, new Weights(tensors));
        return draft.signed(draft.manifest(archive), archive);
    }),
    /** One that ends in logits and says that they are probabilities. */
    NOT_PROBABILITIES(draft -> draft.signed(manifest -> manifest.setOutput(ModelOutput.PROBABILITIES))),
    GOLDEN_BATCH(draft -> draft.signed(manifest -> {
        GoldenBatch.Builder golden = manifest.getGoldenBuilder();
        golden.setProbabilities(reversed(golden.getProbabilities())).setTolerance(1e-6f);
    }));

    @SuppressWarnings("ImmutableEnumChecker") // none of them has a state
    private final Function<ModelDraft, Version> made;

    BadModel(Function<ModelDraft, Version> made) {
        this.made = made;
    }

    /** For what it has to be refused. */
    Reason reason() {
        return Reason.valueOf(name());
    }

    Version of(ModelDraft draft) {
        return made.apply(draft);
    }

    private static <T> List<T> reversed(List<T> list) {
        List<T> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static <T> List<T> butLast(List<T> list) {
        return List.copyOf(list.subList(0, list.size() - 1));
    }
}
