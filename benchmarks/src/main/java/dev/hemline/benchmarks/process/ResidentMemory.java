package dev.hemline.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of a process is in memory, heap and native together, as the system counts it. */
public final class ResidentMemory {
    private static final long KILOBYTE = 1024;

    private final long pid;

    public ResidentMemory(long pid) {
        this.pid = pid;
    }

    /**
     * Bytes right now.
     *
     * @throws UserError if the process is gone or the system does not tell
     */
    public long bytes() {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        try {
            String kilobytes = Files.exists(status) ? fromLinux(Files.readString(status)) : fromPs();
            return Long.parseLong(kilobytes.strip()) * KILOBYTE;
        } catch (IOException | NumberFormatException e) {
            throw new UserError("The memory of process " + pid + " cannot be found out: " + e.getMessage(), e);
        }
    }

    private static String fromLinux(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElse("");
    }

    /** Every other Unix, macOS for one. */
    private String fromPs() throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), UTF_8);
    }
}
