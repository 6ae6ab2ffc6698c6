package dev.hemline.trainer.training;

import java.util.List;

/** Hears how a training goes, on the training's thread. */
public interface TrainingListener {

    /** A batch was trained on. */
    default void trained(TrainingProgress progress) {}

    /**
     * The network was validated.
     *
     * @param model what was validated
     */
    default void validated(Validation validation, ServingModel model) {}

    /**
     * An epoch is over.
     *
     * @param history every epoch so far, this one last
     */
    default void epochEnded(List<EpochResult> history) {}
}
