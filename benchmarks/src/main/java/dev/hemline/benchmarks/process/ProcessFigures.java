package dev.hemline.benchmarks.process;

import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process holds right now, as Linux counts it in {@code /proc}. */
public final class ProcessFigures {
    private final Path process;

    /** @throws UserError where the system has no {@code /proc}, or the process is gone */
    public ProcessFigures(long pid) {
        this.process = Path.of("/proc", Long.toString(pid));
        if (!Files.isDirectory(process)) {
            throw new UserError("Process " + pid + " cannot be looked at: this needs Linux and its /proc");
        }
    }

    public long threads() {
        return count("task");
    }

    /** Open files, sockets and pipes. */
    public long handles() {
        return count("fd");
    }

    private long count(String folder) {
        try (Stream<Path> entries = Files.list(process.resolve(folder))) {
            return entries.count();
        } catch (IOException e) {
            throw new UserError("Process " + process.getFileName() + " cannot be looked at: " + e.getMessage(), e);
        }
    }
}
