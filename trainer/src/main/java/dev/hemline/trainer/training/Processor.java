package dev.hemline.trainer.training;

import dev.hemline.model.archive.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What the processor of this machine is good at. */
final class Processor {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> MULTIPLIES_BFLOAT16 = List.of("avx512_bf16", "amx_bf16");

    private Processor() {}

    /** The precision to train in here: the short one only where the processor is known to multiply it itself. */
    static Precision fastestPrecision() {
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
