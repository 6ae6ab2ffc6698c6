package dev.hemline.classifier.engine;

import java.time.Duration;

/** Hears of every run of the network. Called from the engine's threads. */
@FunctionalInterface
public interface EngineListener {
    void batchClassified(int images, Duration inference);
}
