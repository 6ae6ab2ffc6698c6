package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.service.UserError;
import dev.hemline.trainer.data.DataOptions;
import dev.hemline.trainer.training.ServingModel;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images of a training.
 *
 * @param train what the network learns from
 * @param validation what versions are compared by
 * @param test what the chosen one is judged by, once
 */
record TrainingData(LabelledImages train, LabelledImages validation, LabelledImages test) {
    /** Every training holds out the same images, so that their accuracies can be compared, whatever their seeds. */
    private static final long SPLIT_SEED = 1;

    /**
     * @param limit training images to use, 0 for all
     * @throws UserError if the images cannot be had
     */
    static TrainingData load(DataOptions images, int limit) {
        Split split = images.load(SPLIT_SEED).split(SPLIT_SEED);
        LabelledImages train = split.train();
        int size = limit == 0 ? train.size() : Math.min(limit, train.size());
        return new TrainingData(train.select(IntStream.range(0, size).toArray()), split.validation(), split.test());
    }

    /** The network of that name for images and classes like these. */
    Network network(String name) {
        Dimensions image = new Dimensions(1, train.height(), train.width());
        return Networks.named(name, image, classNames().size());
    }

    /** What a manifest says whatever the recipe was; how good the model is and how it was trained are left open. */
    ModelManifest.Builder manifest(Network network, ServingModel model) {
        return ModelManifest.newBuilder()
                .setCreatedAt(Instant.now())
                .setCreatedBy("hemline trainer")
                .setNetwork(network.name())
                .setParameters(network.parameters())
                .setLabels(classNames())
                .setInput(model.input())
                .setOutput(ModelOutput.LOGITS)
                .setGolden(model.golden(validation));
    }

    /** The classes in the order of their labels. */
    List<String> classNames() {
        return train.classNames();
    }
}
