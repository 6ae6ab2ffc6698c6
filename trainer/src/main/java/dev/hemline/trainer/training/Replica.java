package dev.hemline.trainer.training;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.util.PairList;
import dev.hemline.event.ModelInput;
import dev.hemline.model.archive.ArchiveException;
import dev.hemline.model.archive.TorchScriptArchive;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.PixelScaling;
import dev.hemline.model.serving.Probabilities;
import dev.hemline.model.serving.TorchEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A network in libtorch's memory that says how it should change. Used by one thread at a time. */
final class Replica implements AutoCloseable {
    private static final String NAME = "net";

    private final Network network;
    private final PixelScaling scaling;
    private final Shape image;
    private final Recipe recipe;
    private final Model model;
    private final Trainer trainer;
    private final List<PtNDArray> arrays;
    private ByteBuffer scaledPixels = ByteBuffer.allocateDirect(0);

    private Replica(Network network, ModelInput input, Recipe recipe, Model model) {
        this.network = network;
        this.scaling = new PixelScaling(input);
        this.image = new Shape(input.getChannels(), input.getHeight(), input.getWidth());
        this.recipe = recipe;
        this.model = model;
        this.trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()));
        this.arrays = model.getBlock().getParameters().values().stream()
                .map(parameter -> (PtNDArray) parameter.getArray())
                .toList();
    }

    /** @param weights to begin with */
    static Replica of(Network network, Weights weights, ModelInput input, Recipe recipe) {
        Model model = loadForTraining(TorchScriptArchive.writeTrainable(network, weights, recipe.precision()));
        try {
            return new Replica(network, input, recipe, model);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /**
     * Looks at images and adds to the gradient of each parameter what they have to say.
     *
     * @param of how many images the step learns from, these and those that others look at
     * @return what these images contribute
     */
    Step learn(Batch images, int of) {
        try (NDManager step = trainer.getManager().newSubManager()) {
            NDArray logits = trainer.forward(new NDList(input(step, images))).singletonOrThrow();
            NDArray loss = loss(logits, targets(step, images), of);
            // Not by DJL's collector of gradients, of which a process has one.
            JniUtils.backward((PtNDArray) loss, (PtNDArray) step.ones(loss.getShape()), false, false);
            return new Step(loss.getFloat(), correct(logits.toFloatArray(), images.labels()));
        }
    }

    /** What it is made of and learns, by name. */
    PairList<String, Parameter> parameters() {
        return model.getBlock().getParameters();
    }

    /** The arrays of its parameters themselves, in order, with their gradients. */
    List<PtNDArray> arrays() {
        return arrays;
    }

    /** Owns all arrays. */
    NDManager manager() {
        return trainer.getManager();
    }

    /** A copy of what it has learnt, running means and variances included. */
    Weights weights() {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        JniUtils.writeModule((PtSymbolBlock) model.getBlock(), archive, false);
        try {
            return TorchScriptArchive.read(archive.toByteArray()).fitting(network);
        } catch (ArchiveException e) {
            throw new IllegalStateException("libtorch saved an archive that cannot be read", e);
        }
    }

    @Override
    public void close() {
        try {
            trainer.close();
        } finally {
            model.close();
        }
    }

    private static int correct(float[] logits, int[] labels) {
        int classes = logits.length / labels.length;
        int correct = 0;
        for (int i = 0; i < labels.length; i++) {
            float[] row = Arrays.copyOfRange(logits, i * classes, (i + 1) * classes);
            correct += Probabilities.mostLikely(row) == labels[i] ? 1 : 0;
        }
        return correct;
    }

    private NDArray input(NDManager manager, Batch batch) {
        int bytes = batch.size() * scaling.imageSize() * Float.BYTES;
        if (scaledPixels.capacity() < bytes) {
            scaledPixels = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        }
        scaledPixels.clear().limit(bytes);
        scaling.scale(ByteBuffer.wrap(batch.pixels()), batch.size(), scaledPixels.asFloatBuffer());
        return manager.create(scaledPixels, new Shape(batch.size()).addAll(image), DataType.FLOAT32);
    }

    private NDArray targets(NDManager manager, Batch batch) {
        float[] targets =
                batch.targets(network.outputs(), recipe.optimization().labelSmoothing(), recipe.teacherWeight());
        return manager.create(targets, new Shape(batch.size(), network.outputs()));
    }

    private static NDArray loss(NDArray logits, NDArray targets, int of) {
        return logits.logSoftmax(1).mul(targets).sum().div(-of);
    }

    private static Model loadForTraining(byte[] archive) {
        TorchEngine.startIfNeeded();
        Model model = Model.newInstance(NAME, TorchEngine.name());
        boolean loaded = false;
        try {
            Path folder = Files.createTempDirectory("hemline-training-");
            Path file = Files.write(folder.resolve(NAME + ".pt"), archive);
            try {
                model.load(folder, NAME, Map.of("trainParam", "true"));
            } finally {
                Files.delete(file);
                Files.delete(folder);
            }
            // DJL loads every module in inference mode but believes it to be in training mode; without this, batch norm
            // would neither use nor follow the statistics of its batches.
            JniUtils.enableTrainingMode((PtSymbolBlock) model.getBlock());
            loaded = true;
            return model;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + System.getProperty("java.io.tmpdir"), e);
        } catch (MalformedModelException e) {
            throw new IllegalStateException("libtorch does not load an archive of ours", e);
        } finally {
            if (!loaded) {
                model.close();
            }
        }
    }
}
