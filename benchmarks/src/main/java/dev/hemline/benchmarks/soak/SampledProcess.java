package dev.hemline.benchmarks.soak;

import dev.hemline.benchmarks.process.ProcessFigures;
import dev.hemline.benchmarks.process.ResidentMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/** The classifier's process, looked at from outside. */
final class SampledProcess {
    private final ResidentMemory memory;
    private final ProcessFigures figures;
    private final long heapBytes;
    private final Path stateFolder;

    SampledProcess(long pid, long heapBytes, Path stateFolder) {
        this.memory = new ResidentMemory(pid);
        this.figures = new ProcessFigures(pid);
        this.heapBytes = heapBytes;
        this.stateFolder = stateFolder;
    }

    Sample sample(long events) {
        return new Sample(events, memory.bytes() - heapBytes, figures.threads(), figures.handles(), stateBytes());
    }

    /** Files come and go while RocksDB compacts; one that is gone counts as nothing. */
    private long stateBytes() {
        var bytes = new AtomicLong();
        try {
            Files.walkFileTree(stateFolder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.get();
    }
}
