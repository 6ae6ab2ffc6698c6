package dev.hemline.trainer;

import dev.hemline.event.ModelManifest;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.Validation;

/** Shows a person how a training goes. */
interface TrainingDisplay {

    /** A batch was trained on; called often. */
    void trained(TrainingProgress progress);

    /** The network was validated, in a training that publishes nothing. */
    void measured(Validation validation);

    /** The network was validated and is no better than the best version. */
    void validated(Validation validation);

    /** The network was validated and published. */
    void published(Validation validation, ModelManifest manifest);

    /** Nothing more will be shown for now. */
    void finished();
}
