package dev.hemline.trainer.training;

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
     * @param checkpoint to go on from
     */
    default void epochEnded(Checkpoint checkpoint) {}

    /** The training is over, whatever ended it. */
    default void ended() {}
}
