package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.stream.PeerCommand;
import dev.hemline.quickstart.child.ChildCommand;
import dev.hemline.service.KafkaSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A way to classify a stream, run as a process of its own. All have as many threads, and the same flags of the JVM. */
public enum Way {
    HEMLINE("hemline") {
        @Override
        public ChildCommand command(KafkaSettings kafka, String group, String network, Path state) {
            return child(
                    "classifier",
                    kafka,
                    group,
                    state,
                    "--http-port",
                    "0",
                    "--no-scores",
                    "--stream-threads",
                    Integer.toString(StreamSettings.THREADS),
                    "--max-batch",
                    Integer.toString(StreamSettings.MAX_BATCH));
        }
    },
    PER_RECORD_DJL_BLOCKS("streams per record, djl blocks") {
        @Override
        public ChildCommand command(KafkaSettings kafka, String group, String network, Path state) {
            return peer(kafka, group, network, state, "PER_RECORD", "DJL_BLOCKS");
        }
    },
    PER_RECORD_ARCHIVE("streams per record, same archive") {
        @Override
        public ChildCommand command(KafkaSettings kafka, String group, String network, Path state) {
            return peer(kafka, group, network, state, "PER_RECORD", "ARCHIVE");
        }
    },
    LOOP("consumer and producer, same archive") {
        @Override
        public ChildCommand command(KafkaSettings kafka, String group, String network, Path state) {
            return peer(kafka, group, network, state, "LOOP", "ARCHIVE");
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
     * What to start.
     *
     * @param group the consumer group that it joins, or forms
     * @param state a folder of its own
     */
    public abstract ChildCommand command(KafkaSettings kafka, String group, String network, Path state);

    private static ChildCommand peer(
            KafkaSettings kafka, String group, String network, Path state, String way, String form) {
        return child(
                PeerCommand.VERB,
                kafka,
                group,
                state,
                "--way",
                way,
                "--form",
                form,
                "--network",
                network,
                "--threads",
                Integer.toString(StreamSettings.THREADS),
                "--max-batch",
                Integer.toString(StreamSettings.MAX_BATCH));
    }

    private static ChildCommand child(String verb, KafkaSettings kafka, String group, Path state, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--bootstrap-servers",
                kafka.bootstrapServers(),
                "--application-id",
                group,
                "--state-dir",
                state.toString()));
        arguments.addAll(List.of(more));
        return ChildCommand.of(verb, HEAP_MEGABYTES + "m", arguments)
                // As the launcher starts a classifier: every compiler, for it runs for long.
                .with("-XX:TieredStopAtLevel=4");
    }
}
