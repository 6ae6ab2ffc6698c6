package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.stream.Guarantee;
import dev.hemline.benchmarks.peer.stream.PeerCommand;
import dev.hemline.benchmarks.peer.stream.PeerModel;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.child.ChildCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A way to classify a stream, run as a process of its own. All have as many threads, and the same flags of the JVM. */
public enum Way {
    HEMLINE("hemline") {
        @Override
        public ChildCommand command(Assignment assignment) {
            return child(
                    "classifier",
                    assignment,
                    "--delivery",
                    switch (assignment.guarantee()) {
                        case EXACTLY_ONCE_V2 -> "exactly-once";
                        case AT_LEAST_ONCE -> "at-least-once";
                    },
                    // What it is by itself, exactly once; at least once it would be 30 s.
                    "--kafka",
                    "commit.interval.ms=" + Guarantee.COMMIT.toMillis(),
                    "--http-port",
                    "0",
                    "--no-scores",
                    "--stream-threads",
                    Integer.toString(StreamSettings.THREADS),
                    // The others run the network in the threads that poll.
                    "--inference-threads",
                    Integer.toString(StreamSettings.THREADS),
                    "--max-batch",
                    Integer.toString(StreamSettings.MAX_BATCH));
        }
    },
    PER_RECORD_DJL_BLOCKS("streams per record, djl blocks") {
        @Override
        public ChildCommand command(Assignment assignment) {
            return peer(assignment, "PER_RECORD", "DJL_BLOCKS");
        }
    },
    PER_RECORD_ARCHIVE("streams per record, same archive") {
        @Override
        public ChildCommand command(Assignment assignment) {
            return peer(assignment, "PER_RECORD", "ARCHIVE");
        }
    },
    LOOP("consumer and producer, same archive") {
        @Override
        public ChildCommand command(Assignment assignment) {
            return peer(assignment, "LOOP", "ARCHIVE");
        }
    },
    FLINK("flink, our operator, same archive") {
        @Override
        public ChildCommand command(Assignment assignment) {
            return peer(assignment, "FLINK", "ARCHIVE").preferring(FlinkLibraries.folder());
        }
    };

    private static final int HEAP_MEGABYTES = 1024;

    private final String title;

    Way(String title) {
        this.title = title;
    }

    /** As the report calls it. */
    public String title() {
        return title;
    }

    /**
     * What it has to do.
     *
     * @param group the consumer group that it joins, or forms
     * @param state a folder of its own
     */
    public record Assignment(KafkaSettings kafka, String group, PeerModel model, Guarantee guarantee, Path state) {}

    /** What to start. */
    public abstract ChildCommand command(Assignment assignment);

    private static ChildCommand peer(Assignment assignment, String way, String form) {
        return child(
                PeerCommand.VERB,
                assignment,
                "--way",
                way,
                "--form",
                form,
                "--guarantee",
                assignment.guarantee().name(),
                "--network",
                assignment.model().network(),
                "--threads",
                Integer.toString(StreamSettings.THREADS),
                "--max-batch",
                Integer.toString(StreamSettings.MAX_BATCH));
    }

    private static ChildCommand child(String verb, Assignment assignment, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--bootstrap-servers",
                assignment.kafka().bootstrapServers(),
                "--application-id",
                assignment.group(),
                "--state-dir",
                assignment.state().toString(),
                "--precision",
                assignment.model().precision().name()));
        arguments.addAll(List.of(more));
        return ChildCommand.of(verb, HEAP_MEGABYTES + "m", arguments)
                // As the launcher starts a classifier: every compiler, for it runs for long.
                .with("-XX:TieredStopAtLevel=4");
    }
}
