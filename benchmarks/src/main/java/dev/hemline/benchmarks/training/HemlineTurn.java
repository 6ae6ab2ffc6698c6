package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.tournament.StepTimer;
import dev.hemline.fashionmnist.Split;
import dev.hemline.model.network.Network;
import dev.hemline.model.network.Weights;
import dev.hemline.trainer.training.Checkpoints;
import dev.hemline.trainer.training.EpochResult;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.TrainingListener;
import dev.hemline.trainer.training.TrainingProgress;
import dev.hemline.trainer.training.TrainingRun;
import java.util.List;

/** A training as {@code hemline train} has it, variants of images and average of weights included, until time is over. */
final class HemlineTurn implements TrainingListener {
    private final StepTimer timer;
    private final LearningSteps steps;
    private boolean over;

    private HemlineTurn(StepTimer timer) {
        this.timer = timer;
        this.steps = new LearningSteps(timer);
    }

    static void run(Recipe recipe, Network network, Split data, StepTimer timer) {
        var turn = new HemlineTurn(timer);
        new TrainingRun(
                        recipe,
                        network,
                        data.train(),
                        data.validation(),
                        Weights.initial(network, recipe.seed()),
                        turn,
                        Checkpoints.none(),
                        () -> turn.over)
                .run();
    }

    @Override
    public void trained(TrainingProgress progress) {
        over = !steps.learnt(progress.loss());
    }

    @Override
    public void epochEnded(List<EpochResult> history) {
        // The network was validated since the last step, which the others do not do.
        timer.leaveOut();
    }
}
