package dev.hemline.benchmarks.stream;

import dev.hemline.service.ResidentMemory;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** What a process takes from the machine right now. A {@link UserError} where it is gone, or the system does not tell. */
public record ProcessFigures(long pid) {
    /** How long it has kept processors busy since it began, its compilers and garbage collector included. */
    public Duration processorTime() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new UserError("The processor time of process " + pid + " cannot be found out"));
    }

    /** How much of a watched one is in memory beyond its heap, all of which is resident from its start. */
    public long nativeBytes() {
        return ResidentMemory.ofProcess(pid) - LocalStream.HEAP_MEGABYTES * 1024L * 1024;
    }

    /** As Linux counts them. */
    public long threads() {
        return entries("task");
    }

    /** Open files, sockets and pipes, as Linux counts them. */
    public long handles() {
        return entries("fd");
    }

    private long entries(String folder) {
        try (Stream<Path> entries = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
            return entries.count();
        } catch (IOException e) {
            throw new UserError(
                    "Process " + pid + " cannot be looked at, which needs Linux and its /proc: " + e.getMessage(), e);
        }
    }
}
