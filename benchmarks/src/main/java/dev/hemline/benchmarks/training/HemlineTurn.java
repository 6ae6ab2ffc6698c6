package dev.hemline.benchmarks.training;

import dev.hemline.benchmarks.runner.StepTimer;
import dev.hemline.fashionmnist.Split;
import dev.hemline.model.archive.Precision;
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
    private static final int NEVER = 0;
    private static final int AFTER_EACH_EPOCH = 0;
    private static final int ALL = 0;

    /** The most that a recipe may have. */
    private static final int ENDLESS = 10_000;

    private final StepTimer timer;
    private boolean over;

    private HemlineTurn(StepTimer timer) {
        this.timer = timer;
    }

    /** @param own a network's own recipe, changed in nothing but its precision and its end, which the clock sets */
    static void run(Recipe own, Precision precision, Network network, Split data, StepTimer timer) {
        Recipe endless = own.with()
                .epochs(ENDLESS)
                .precision(precision)
                .patience(NEVER)
                .validateEvery(AFTER_EACH_EPOCH)
                .validationImages(ALL)
                .build();
        var turn = new HemlineTurn(timer);
        new TrainingRun(
                        endless,
                        network,
                        data.train(),
                        data.validation(),
                        Weights.initial(network, own.seed()),
                        turn,
                        Checkpoints.none(),
                        () -> turn.over)
                .run();
    }

    @Override
    public void trained(TrainingProgress progress) {
        over = !TrainingBench.learnt(progress.loss(), timer);
    }

    @Override
    public void epochEnded(List<EpochResult> history) {
        // The network was validated since the last step, which the others do not do.
        timer.leaveOut();
    }
}
