package dev.hemline.benchmarks.refresh;

import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.serving.ArchiveClassifier;

/** A model as it would serve. */
@FunctionalInterface
interface Version {
    /** What it says to these images. */
    Answers answers(LabelledImages images);

    /** One that was trained before. */
    static Version of(ChosenModel model) {
        return images -> {
            try (ArchiveClassifier classifier = model.open()) {
                return Answers.of(classifier, images);
            }
        };
    }
}
