package dev.hemline.benchmarks.process;

import dev.hemline.service.UserError;
import java.time.Duration;

/** How long a process has kept processors busy, all its threads together, those of its garbage collector included. */
public final class ProcessorTime {
    private final long pid;

    public ProcessorTime(long pid) {
        this.pid = pid;
    }

    /**
     * Since it began.
     *
     * @throws UserError if the process is gone or the system does not tell
     */
    public Duration used() {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new UserError("The processor time of process " + pid + " cannot be found out"));
    }
}
