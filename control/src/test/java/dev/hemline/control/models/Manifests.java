package dev.hemline.control.models;

import dev.hemline.event.GoldenBatch;
import dev.hemline.event.ModelArchive;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Manifests as they stand on a topic. */
final class Manifests {
    private Manifests() {}

    static ModelManifest manifest(String name, int version) {
        return ModelManifest.newBuilder()
                .setName(name)
                .setVersion(version)
                .setCreatedAt(Instant.ofEpochSecond(1_000L * version))
                .setCreatedBy("test")
                .setArchive(new ModelArchive("torchscript", 298_000L, "ab".repeat(32), 1))
                .setNetwork("tiny")
                .setParameters(73_000)
                .setLabels(List.of("dark", "light"))
                .setInput(new ModelInput(1, 2, 2, List.of(0.5f), List.of(0.25f), false))
                .setOutput(ModelOutput.LOGITS)
                .setEvaluation(new ModelEvaluation("validation", 5_000, 0.9123, 0.25))
                .setGolden(new GoldenBatch(List.of(), List.of(), 1e-3f))
                .setTraining(Map.of("epoch", "3 of 10", "seed", "1"))
                .build();
    }
}
