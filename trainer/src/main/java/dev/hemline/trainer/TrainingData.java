package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.network.Dimensions;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Networks;
import dev.hemline.service.UserError;
import dev.hemline.trainer.training.ServingModel;
import java.time.Instant;
import java.util.List;

/**
 * The images of a training.
 *
 * @param train what the network learns from
 * @param validation what versions are compared by
 * @param test what the chosen one is judged by, once
 */
record TrainingData(LabelledImages train, LabelledImages validation, LabelledImages test) {
    /** @throws UserError if the images cannot be had, or a teacher knows others */
    static TrainingData load(TrainingSettings settings) {
        Split split = settings.data().split();
        settings.teachers().forEach(teacher -> teacher.requireFit(split.train()));
        return new TrainingData(limited(split.train(), settings.limit()), split.validation(), split.test());
    }

    /**
     * All images that are not for the test, the first so many of them.
     *
     * @param limit training images to use, 0 for all
     * @throws UserError if the images cannot be had
     */
    static LabelledImages notForTest(DataOptions images, int limit) {
        return limited(images.load().train(), limit);
    }

    private static LabelledImages limited(LabelledImages images, int limit) {
        return limit == 0 ? images : images.first(limit);
    }

    /** The network of that name for images and classes like these. */
    static Network network(String name, LabelledImages images) {
        Dimensions image = new Dimensions(1, images.height(), images.width());
        return Networks.named(name, image, images.classNames().size());
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
