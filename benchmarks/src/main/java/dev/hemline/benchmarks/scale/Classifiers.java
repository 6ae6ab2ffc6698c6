package dev.hemline.benchmarks.scale;

import dev.hemline.benchmarks.process.ProcessorTime;
import dev.hemline.model.archive.Precision;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes that share the work, each as {@code hemline classifier} is by itself, without scores. */
final class Classifiers implements AutoCloseable {
    static final String GROUP = "bench-scale";
    /** Of Kafka Streams in each; what a classifier has by itself. */
    static final int THREADS = 2;

    private static final String HEAP = "1024m";

    private final List<ChildProcess> processes = new ArrayList<>();

    private Classifiers() {}

    /** @param folder for local state and logs */
    static Classifiers start(int instances, Precision precision, KafkaSettings kafka, Path folder) {
        var classifiers = new Classifiers();
        try {
            for (int i = 0; i < instances; i++) {
                classifiers.processes.add(ChildProcess.start(
                        command(precision, kafka, folder.resolve("state-" + i)),
                        folder.resolve("classifier-" + i + ".log")));
            }
            return classifiers;
        } catch (UserError e) {
            classifiers.close();
            throw e;
        }
    }

    private static ChildCommand command(Precision precision, KafkaSettings kafka, Path state) {
        return ChildCommand.of(
                        "classifier",
                        HEAP,
                        List.of(
                                "--bootstrap-servers",
                                kafka.bootstrapServers(),
                                "--application-id",
                                GROUP,
                                "--state-dir",
                                state.toString(),
                                "--http-port",
                                "0",
                                "--stream-threads",
                                Integer.toString(THREADS),
                                "--precision",
                                precision.name(),
                                "--no-scores"))
                // As the launcher starts a classifier: every compiler, for it runs for long.
                .with("-XX:TieredStopAtLevel=4");
    }

    /** @throws dev.hemline.testbed.child.ChildFailure if one has ended */
    void requireRunning() {
        processes.forEach(ChildProcess::requireRunning);
    }

    /** What they have used since they began, together. */
    Duration processorTime() {
        return processes.stream()
                .map(process -> new ProcessorTime(process.pid()).used())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Where they print to. */
    List<Path> logs() {
        return processes.stream().map(ChildProcess::log).toList();
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
