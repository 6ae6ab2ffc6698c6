package dev.hemline.trainer.training;

/** The loss became NaN or infinite, from which no training recovers. */
public final class DivergedException extends RuntimeException {
    DivergedException(double learningRate, long imagesSeen) {
        super("training diverged after " + imagesSeen + " images; a learning rate below " + learningRate
                + " may prevent it");
    }
}
