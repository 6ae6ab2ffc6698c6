package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    Path folder;

    @Test
    void shouldTellBytesThoughLinuxCountsInKibibytes() throws IOException {
        Path status =
                Files.writeString(folder.resolve("status"), "VmHWM:\t  9000 kB\nVmRSS:\t  2048 kB\nThreads:\t7\n");

        new ResidentMemory(status).bindTo(registry);

        assertThat(registry.get("process.resident.memory").gauge().value()).isEqualTo(2048 * 1024);
    }

    @Test
    void shouldGoOnTellingWhenNobodyElseHoldsIt() throws IOException {
        Path status = Files.writeString(folder.resolve("status"), "VmRSS:\t  2048 kB\n");
        new ResidentMemory(status).bindTo(registry);

        System.gc();

        assertThat(registry.get("process.resident.memory").gauge().value()).isEqualTo(2048 * 1024);
    }

    @Test
    void shouldTellNothingWhereTheSystemDoesNot() {
        new ResidentMemory(folder.resolve("none")).bindTo(registry);

        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void shouldTellTheMemoryOfAProcessByItsNumber() {
        long bytes = ResidentMemory.ofProcess(ProcessHandle.current().pid());

        assertThat(bytes)
                .isGreaterThan(Runtime.getRuntime().totalMemory() / 100)
                .isGreaterThan(10L << 20);
    }
}
