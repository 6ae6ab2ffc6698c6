package dev.hemline.chaos.models;

import dev.hemline.chaos.cluster.Classifiers;
import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelChunk;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.model.network.Tensor;
import dev.hemline.model.network.Weights;
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

/** The ways in which a version is bad, each named after the reason for which it has to be refused. */
enum BadModel {
    UNSIGNED {
        @Override
        Version of(BadModelDraft piece) {
            return new Version(
                    piece.manifest(piece.model().archive()).build(),
                    piece.good().chunks());
        }
    },
    UNKNOWN_KEY {
        @Override
        Version of(BadModelDraft piece) {
            return new Version(
                    SigningKey.generate().sign(piece.good().manifest()),
                    piece.good().chunks());
        }
    },
    BAD_SIGNATURE {
        @Override
        Version of(BadModelDraft piece) {
            ModelManifest boasting = ModelManifest.newBuilder(piece.good().manifest())
                    .setEvaluation(new ModelEvaluation("test", 10_000, 0.999, 0.001))
                    .build();
            return new Version(boasting, piece.good().chunks());
        }
    },
    TOO_LARGE {
        @Override
        Version of(BadModelDraft piece) {
            byte[] archive = piece.model().archive();
            return piece.signed(
                    piece.manifest("torchscript", archive, Classifiers.MAX_MODEL_BYTES + archive.length), archive);
        }
    },
    /** A version that is there already, with other names for its classes. */
    CHANGED_CONTENT {
        @Override
        Version of(BadModelDraft piece) {
            ModelManifest.Builder changed = piece.manifest(piece.model().archive());
            return piece.signed(
                    changed.setLabels(reversed(changed.getLabels())),
                    piece.model().archive());
        }
    },
    MANIFEST {
        @Override
        Version of(BadModelDraft piece) {
            GoldenBatch golden = piece.model().draft().getGolden();
            return withGolden(piece, new GoldenBatch(golden.getImages(), golden.getProbabilities(), 0f));
        }
    },
    UNKNOWN_FORMAT {
        @Override
        Version of(BadModelDraft piece) {
            byte[] archive = piece.model().archive();
            return piece.signed(piece.manifest("onnx", archive, archive.length), archive);
        }
    },
    MISSING_CHUNK {
        @Override
        Version of(BadModelDraft piece) {
            return new Version(piece.good().manifest(), List.of());
        }
    },
    EXTRA_CHUNK {
        @Override
        Version of(BadModelDraft piece) {
            List<ModelChunk> chunks = new ArrayList<>(piece.good().chunks());
            chunks.add(new ModelChunk(piece.name(), piece.number(), chunks.size(), ByteBuffer.allocate(1)));
            return new Version(piece.good().manifest(), chunks);
        }
    },
    ARCHIVE_SIZE {
        @Override
        Version of(BadModelDraft piece) {
            byte[] archive = piece.model().archive();
            return new Version(piece.good().manifest(), piece.chunks(Arrays.copyOf(archive, archive.length - 1)));
        }
    },
    ARCHIVE_SHA256 {
        @Override
        Version of(BadModelDraft piece) {
            byte[] damaged = piece.model().archive().clone();
            damaged[damaged.length / 2] ^= 1;
            return new Version(piece.good().manifest(), piece.chunks(damaged));
        }
    },
    UNLOADABLE {
        @Override
        Version of(BadModelDraft piece) {
            byte[] noise = new byte[10_000];
            new Random(piece.number()).nextBytes(noise);
            return piece.signed(piece.manifest(noise), noise);
        }
    },
    /** A network for grey pictures that says it takes coloured ones. */
    INPUT_SHAPE {
        @Override
        Version of(BadModelDraft piece) {
            ModelInput grey = piece.model().draft().getInput();
            GoldenBatch golden = piece.model().draft().getGolden();
            List<ByteBuffer> coloured = golden.getImages().stream()
                    .map(image -> ByteBuffer.allocate(3 * image.remaining()))
                    .toList();
            byte[] archive = piece.model().archive();
            return piece.signed(
                    piece.manifest(archive)
                            .setInput(new ModelInput(
                                    3,
                                    grey.getHeight(),
                                    grey.getWidth(),
                                    Collections.nCopies(3, grey.getMean().get(0)),
                                    Collections.nCopies(3, grey.getStd().get(0)),
                                    false))
                            .setGolden(new GoldenBatch(coloured, golden.getProbabilities(), golden.getTolerance())),
                    archive);
        }
    },
    LABELS {
        @Override
        Version of(BadModelDraft piece) {
            GoldenBatch golden = piece.model().draft().getGolden();
            byte[] archive = piece.model().archive();
            ModelManifest.Builder manifest = piece.manifest(archive);
            return piece.signed(
                    manifest.setLabels(butLast(manifest.getLabels()))
                            .setGolden(new GoldenBatch(
                                    golden.getImages(),
                                    golden.getProbabilities().stream()
                                            .map(BadModel::butLast)
                                            .toList(),
                                    golden.getTolerance())),
                    archive);
        }
    },
    NOT_FINITE {
        @Override
        Version of(BadModelDraft piece) {
            Network network = Networks.named(
                    "tiny", new Dimensions(1, FashionMnist.HEIGHT, FashionMnist.WIDTH), FashionMnist.CLASSES);
            Map<String, Tensor> tensors =
                    new LinkedHashMap<>(Weights.initial(network, piece.number()).tensors());
            tensors.replaceAll((name, tensor) -> {
                float[] values = tensor.values();
                values[0] = Float.NaN;
                return tensor.withValues(values);
            });
            byte[] archive = TorchScriptArchive.write(network, new Weights(tensors));
            return piece.signed(piece.manifest(archive), archive);
        }
    },
    GOLDEN_BATCH {
        @Override
        Version of(BadModelDraft piece) {
            GoldenBatch golden = piece.model().draft().getGolden();
            return withGolden(piece, new GoldenBatch(golden.getImages(), reversed(golden.getProbabilities()), 1e-6f));
        }
    };

    /** For what it has to be refused. */
    Reason reason() {
        return Reason.valueOf(name());
    }

    /** Whether it takes the number of a version that is there, instead of the next one. */
    boolean takesANumberThatIsTaken() {
        return this == CHANGED_CONTENT;
    }

    abstract Version of(BadModelDraft piece);

    private static Version withGolden(BadModelDraft piece, GoldenBatch golden) {
        byte[] archive = piece.model().archive();
        return piece.signed(piece.manifest(archive).setGolden(golden), archive);
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
