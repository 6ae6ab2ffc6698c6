package dev.hemline.trainer.training;

import dev.hemline.event.ModelInput;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;

/**
 * A network as it would be published, as sure of its answers as it was right about images held out.
 *
 * @param model that network
 * @param answers what it says to those images: the uncalibrated network's answers, tempered
 */
record CalibratedModel(ServingModel model, Answers answers) {

    /** @param heldOut images that it did not learn from */
    static CalibratedModel of(Network network, Weights weights, ModelInput input, LabelledImages heldOut) {
        ServingModel asLearnt = ServingModel.of(network, weights, input);
        Answers answers = asLearnt.answers(heldOut);
        Temperature temperature = TemperatureSearch.over(answers);
        return new CalibratedModel(asLearnt.at(temperature), answers.tempered(temperature.value()));
    }
}
