package dev.hemline.classifier.engine;

/**
 * How much the engine does at once.
 *
 * @param workers threads that run the network, each on one core
 * @param maxBatch images per run at most
 */
public record EngineSettings(int workers, int maxBatch) {
    public EngineSettings {
        if (workers < 1) {
            throw new IllegalArgumentException("--inference-threads is at least 1, not " + workers);
        }
        if (maxBatch < 1 || maxBatch > 4096) {
            throw new IllegalArgumentException("--max-batch is 1 to 4096, not " + maxBatch);
        }
    }
}
