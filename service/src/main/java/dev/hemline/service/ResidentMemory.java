package dev.hemline.service;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the system gave a process, heap and native together. {@code process_resident_memory_bytes} is that of this process: libtorch
 * and RocksDB take memory that the JVM's own series know nothing of. There is none where Linux's {@code /proc} is not.
 */
public final class ResidentMemory implements MeterBinder {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String FIELD = "VmRSS:";
    private static final int KIB = 1024;

    private final Path status;

    ResidentMemory() {
        this(STATUS);
    }

    /** @param status a file as proc(5) describes it */
    ResidentMemory(Path status) {
        this.status = status;
    }

    /**
     * Bytes of another process right now.
     *
     * @throws UserError if the process is gone or the system does not tell
     */
    public static long ofProcess(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            double bytes = Files.exists(status) ? bytes(Files.readAllLines(status)) : KIB * kilobytesFromPs(pid);
            if (Double.isNaN(bytes)) {
                throw new UserError("The memory of process " + pid + " cannot be found out");
            }
            return (long) bytes;
        } catch (IOException | NumberFormatException e) {
            throw new UserError("The memory of process " + pid + " cannot be found out: " + e.getMessage(), e);
        }
    }

    /** Every other Unix, macOS for one. */
    private static double kilobytesFromPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        return Double.parseDouble(new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (Files.isReadable(status)) {
            Gauge.builder("process.resident.memory", this, ResidentMemory::bytes)
                    .description("Memory that the system gave this process, heap and native")
                    .baseUnit("bytes")
                    // Nobody else holds this object, and a gauge without its object says NaN.
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** NaN where the file does not say. */
    private double bytes() {
        try {
            return bytes(Files.readAllLines(status));
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    private static double bytes(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(FIELD))
                .mapToDouble(line -> KIB * Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(Double.NaN);
    }
}
