package dev.hemline.trainer.training;

import dev.hemline.model.archive.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The recipe that each network is trained with unless people choose; docs/training.md has what was measured. */
public final class Recipes {
    /** The share of a refreshed network's former answers in what it learns of images of before. */
    private static final double REMINDED = 0.8;

    private static final int BATCH_SIZE = 128;
    private static final long SEED = 1;

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> MULTIPLIES_BFLOAT16 = List.of("avx512_bf16", "amx_bf16");

    private Recipes() {}
    /** The recipe for that network; for one that has none of its own, the one for {@code tiny}. */
    public static Recipe of(String network) {
        return switch (network) {
            case "large" -> recipe(network, 22, sgd(0.1, 1000), new Augmentation(true, 2, 0, 0.5));
            case "base" -> recipe(network, 30, sgd(0.1, 1000), new Augmentation(true, 2, 0, 0.25));
            default -> recipe(network, 40, sgd(0.15, 500), new Augmentation(true, 2, 0, 0));
        };
    }

    /**
     * The recipe by which a network of that name learns what traffic looks like now, reminded by what it was.
     *
     * @param sha256 of the archive that serves, in lower-case hexadecimal
     */
    public static Recipe refresh(String network, String sha256) {
        return of(network)
                .with()
                .epochs(1)
                .optimization(new Optimization(Optimizer.ADAMW, 1.5e-3, 10, 0, 0.1, 1))
                .augmentation(new Augmentation(true, 1, 0, 0))
                .distillation(new Distillation(List.of(new Distillation.Source(network, sha256)), REMINDED))
                .build();
    }

    private static Optimization sgd(double learningRate, int warmUpSteps) {
        return new Optimization(Optimizer.SGD, learningRate, warmUpSteps, 5e-4, 0.1, 0);
    }

    private static Recipe recipe(String network, int epochs, Optimization optimization, Augmentation augmentation) {
        return RecipeBuilder.builder()
                .network(network)
                .epochs(epochs)
                .batchSize(BATCH_SIZE)
                .optimization(optimization)
                .augmentation(augmentation)
                .precision(fastestPrecision())
                .seed(SEED)
                .build();
    }

    /** The precision to train in here: the short one only where the processor is known to multiply it itself. */
    private static Precision fastestPrecision() {
        try {
            return fastestPrecision(Files.readAllLines(CPU_INFO));
        } catch (IOException e) {
            return Precision.FLOAT32;
        }
    }

    static Precision fastestPrecision(List<String> cpuInfo) {
        boolean short16 = cpuInfo.stream()
                .filter(line -> line.startsWith("flags"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .anyMatch(MULTIPLIES_BFLOAT16::contains);
        return short16 ? Precision.BFLOAT16 : Precision.FLOAT32;
    }
}
