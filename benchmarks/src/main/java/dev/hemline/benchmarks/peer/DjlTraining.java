package dev.hemline.benchmarks.peer;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.model.serving.PixelScaling;
import dev.hemline.model.serving.TorchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * Trains a network in DJL's own blocks with DJL's trainer, optimizer and dataset. What costs time and is not needed to
 * learn is left out: images are not varied, and nobody counts right answers.
 */
public final class DjlTraining implements AutoCloseable {
    private static final float LEARNING_RATE = 0.05f;
    private static final float MOMENTUM = 0.9f;
    private static final float WEIGHT_DECAY = 5e-4f;

    private final Network network;
    private final Weights start;
    private final int batchSize;
    private final NDManager manager;
    private final ArrayDataset dataset;

    /**
     * @param start weights that every training begins with
     * @param images to learn from, at least one batch
     * @param input how bytes become what the network takes
     */
    public DjlTraining(Network network, Weights start, LabelledImages images, ModelInput input, int batchSize) {
        TorchEngine.startIfNeeded();
        this.network = network;
        this.start = start;
        this.batchSize = batchSize;
        this.manager = NDManager.newBaseManager(TorchEngine.name());
        this.dataset = dataset(images, input);
    }

    /**
     * Trains from the start.
     *
     * @param goesOn hears the loss of each step when the step is done; false ends the training
     */
    public void train(DoublePredicate goesOn) {
        try (Model model = DjlBlocks.model(network, start);
                Trainer trainer = model.newTrainer(config())) {
            trainer.initialize(DjlBlocks.shape(network, batchSize));
            while (runEpoch(trainer, goesOn)) {
                // As long as somebody wants to know how it goes on.
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TranslateException e) {
            throw new IllegalStateException("arrays need no translation", e);
        }
    }

    /** False if it was ended before the epoch's end. */
    private boolean runEpoch(Trainer trainer, DoublePredicate goesOn) throws IOException, TranslateException {
        for (Batch batch : trainer.iterateDataset(dataset)) {
            try (batch) {
                if (!goesOn.test(step(trainer, batch))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double step(Trainer trainer, Batch batch) {
        NDArray loss;
        try (GradientCollector gradients = trainer.newGradientCollector()) {
            NDList logits = trainer.forward(batch.getData());
            loss = trainer.getLoss().evaluate(batch.getLabels(), logits);
            gradients.backward(loss);
        }
        trainer.step();
        return loss.getFloat();
    }

    private static TrainingConfig config() {
        return new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optOptimizer(Optimizer.sgd()
                        .setLearningRateTracker(Tracker.fixed(LEARNING_RATE))
                        .optMomentum(MOMENTUM)
                        .optWeightDecays(WEIGHT_DECAY)
                        .build());
    }

    private ArrayDataset dataset(LabelledImages images, ModelInput input) {
        int n = images.size();
        ByteBuffer scaled = new PixelScaling(input).scaled(Agreement.pixels(images, 0, n), n);
        int[] labels = IntStream.range(0, n).map(images::label).toArray();
        return new ArrayDataset.Builder()
                .setData(manager.create(scaled, DjlBlocks.shape(network, n), DataType.FLOAT32))
                .optLabels(manager.create(labels))
                .setSampling(batchSize, true, true)
                .build();
    }

    @Override
    public void close() {
        manager.close();
    }
}
