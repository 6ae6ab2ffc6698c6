package dev.hemline.insight.evaluate;

import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.evaluate.ConfusionMatrix.ClassFigures;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.model.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a model is worth, in figures.
 *
 * @param model what people call it
 * @param split which images it was asked about: train, validation or test
 * @param images how many
 * @param accuracy share of right answers, 0 to 1
 * @param interval where the true share lies with 95 % confidence
 * @param loss mean cross-entropy in nats
 * @param calibrationError expected calibration error, 0 to 1
 * @param classes figures of each class, in the order of labels
 * @param parameters count of trained numbers
 * @param operations multiplications and additions per image; unknown for networks that are not ours
 * @param sizeBytes of the archive
 */
record Scorecard(
        String model,
        String split,
        int images,
        double accuracy,
        WilsonInterval interval,
        double loss,
        double calibrationError,
        List<ClassFigures> classes,
        long parameters,
        OptionalLong operations,
        long sizeBytes) {

    static Scorecard of(ChosenModel model, long parameters, String split, Answers answers) {
        Optional<Network> network =
                model.manifest().flatMap(manifest -> NetworkFacts.serving(manifest, model.archive()));
        return new Scorecard(
                model.title(),
                split,
                answers.size(),
                answers.accuracy(),
                WilsonInterval.of(answers.accuracy(), answers.size()),
                answers.loss(),
                Calibration.of(answers).expectedError(),
                ConfusionMatrix.of(answers).figures(),
                parameters,
                network.map(known -> OptionalLong.of(known.operations())).orElse(OptionalLong.empty()),
                model.archive().length);
    }
}
