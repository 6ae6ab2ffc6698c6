package dev.hemline.trainer.training;

/** Sums up what the steps of a training found: running means for people who watch, exact ones for each epoch. */
final class ProgressMeter {
    private static final double NANOS = 1e9;

    private final RunningMean loss = new RunningMean();
    private final RunningMean accuracy = new RunningMean();
    private final RunningMean secondsPerImage = new RunningMean();
    private long epochBegin = System.nanoTime();
    private double epochLoss;
    private int epochCorrect;
    private int epochSteps;
    private int epochImages;

    void startEpoch() {
        epochBegin = System.nanoTime();
        epochLoss = 0;
        epochCorrect = 0;
        epochSteps = 0;
        epochImages = 0;
    }

    /**
     * Takes in a step.
     *
     * @param images how many it learnt from
     * @param nanos how long it took
     */
    void add(Step step, int images, long nanos) {
        loss.add(step.loss());
        accuracy.add((double) step.correct() / images);
        secondsPerImage.add(nanos / NANOS / images);
        epochLoss += step.loss();
        epochCorrect += step.correct();
        epochSteps++;
        epochImages += images;
    }

    /** Where the training stands after a step of that learning rate. */
    TrainingProgress progress(int epoch, int epochs, int epochTotal, long imagesSeen, double learningRate) {
        return new TrainingProgress(
                epoch,
                epochs,
                epochImages,
                epochTotal,
                imagesSeen,
                loss.value(),
                accuracy.value(),
                learningRate,
                1 / secondsPerImage.value());
    }

    /** The epoch that ends with that validation. */
    EpochResult epoch(Validation validation, double learningRate) {
        return new EpochResult(
                validation.epoch(),
                validation.imagesSeen(),
                learningRate,
                epochLoss / epochSteps,
                (double) epochCorrect / epochImages,
                validation.loss(),
                validation.accuracy(),
                (System.nanoTime() - epochBegin) / NANOS);
    }

    /** A mean that forgets: each value weighs a little more than the one before. */
    private static final class RunningMean {
        private static final double FORGETTING = 0.05;

        private double weightedSum;
        private double weight;

        void add(double value) {
            weightedSum = weightedSum * (1 - FORGETTING) + value;
            weight = weight * (1 - FORGETTING) + 1;
        }

        /** NaN before the first value. */
        double value() {
            return weightedSum / weight;
        }
    }
}
