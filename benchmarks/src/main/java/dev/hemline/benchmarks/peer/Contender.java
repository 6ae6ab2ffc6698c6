package dev.hemline.benchmarks.peer;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Who classifies a stream, as a process of its own. All have as many threads, and the same flags of the JVM; those that are not
 * Hemline are what {@link PeerCommand} runs.
 */
public enum Contender {
    HEMLINE("hemline"),
    /** For what it costs to keep scores, and to notice drift where they are kept; by request, for these are no other systems. */
    HEMLINE_SCORES("hemline, with scores"),
    HEMLINE_NO_DRIFT("hemline, with scores --no-drift"),
    /** For what it costs when another version is tried on a fifth of the events, on the same machine. */
    HEMLINE_CHALLENGED("hemline, beside a challenger"),
    PER_RECORD_DJL_BLOCKS("streams per record, djl blocks"),
    PER_RECORD_ARCHIVE("streams per record, same archive"),
    LOOP("consumer and producer, same archive"),
    FLINK("flink, our operator, same archive");

    /** Where two threads have a core each; both of a small machine's. */
    public static final int THREADS = 2;

    /** Images per call where there are batches. */
    static final int MAX_BATCH = 128;

    private static final String HEAP = "1024m";

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /**
     * What it has to do.
     *
     * @param group the consumer group that it joins, or forms
     * @param state a folder of its own
     */
    public record Assignment(KafkaSettings kafka, String group, PeerModel model, Path state) {}

    /** Those that are compared unless somebody says otherwise. */
    public static Contender[] systems() {
        return EnumSet.complementOf(EnumSet.of(HEMLINE_SCORES, HEMLINE_NO_DRIFT, HEMLINE_CHALLENGED))
                .toArray(Contender[]::new);
    }

    /** As the report calls it. */
    public String title() {
        return title;
    }

    /** As groups and files are called, round by round. */
    public String name(Object round) {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + round;
    }

    /** What to start. */
    public ChildCommand command(Assignment assignment, Guarantee guarantee) {
        return switch (this) {
            case HEMLINE, HEMLINE_CHALLENGED -> hemline(assignment, guarantee, "--no-scores", "--no-drift");
            case HEMLINE_SCORES -> hemline(assignment, guarantee);
            case HEMLINE_NO_DRIFT -> hemline(assignment, guarantee, "--no-drift");
            case FLINK -> peer(assignment, guarantee).preferring(flinkLibraries());
            default -> peer(assignment, guarantee);
        };
    }

    /** What runs beside it, in a group of its own, and gives way to it as in the demo. */
    public Optional<ChildCommand> challenger(Assignment assignment) {
        return this != HEMLINE_CHALLENGED
                ? Optional.empty()
                : Optional.of(child(
                                "classifier",
                                new Assignment(
                                        assignment.kafka(),
                                        assignment.group(),
                                        assignment.model(),
                                        assignment.state().resolveSibling(assignment.group() + "-challenger-state")),
                                "--http-port=0",
                                "--challenger",
                                "--share=0.2")
                        .atLowPriority());
    }

    private static ChildCommand hemline(Assignment assignment, Guarantee guarantee, String... more) {
        String delivery = switch (guarantee) {
            case EXACTLY_ONCE_V2 -> "exactly-once";
            case AT_LEAST_ONCE -> "at-least-once";
        };
        var flags = new ArrayList<>(List.of(
                "--delivery=" + delivery,
                // What it is by itself, exactly once; at least once it would be 30 s.
                "--kafka=commit.interval.ms=" + Guarantee.COMMIT.toMillis(),
                // The others run the network in the threads that poll.
                "--inference-threads=" + THREADS,
                "--max-batch=" + MAX_BATCH));
        flags.addAll(List.of(more));
        return scoring(assignment, flags.toArray(String[]::new));
    }

    private ChildCommand peer(Assignment assignment, Guarantee guarantee) {
        return child(
                PeerCommand.VERB,
                assignment,
                "--contender=" + name(),
                "--guarantee=" + guarantee.name(),
                "--network=" + assignment.model().network());
    }

    /** Hemline without scores, as it is by itself but for these flags. */
    public static ChildCommand classifier(Assignment assignment, String... more) {
        var flags = new ArrayList<>(List.of(more));
        flags.add("--no-scores");
        return scoring(assignment, flags.toArray(String[]::new));
    }

    private static ChildCommand scoring(Assignment assignment, String... more) {
        var flags = new ArrayList<>(List.of("--http-port=0", "--stream-threads=" + THREADS));
        flags.addAll(List.of(more));
        return child("classifier", assignment, flags.toArray(String[]::new));
    }

    private static ChildCommand child(String verb, Assignment assignment, String... more) {
        var arguments = new ArrayList<>(List.of(
                "--bootstrap-servers=" + assignment.kafka().bootstrapServers(),
                "--application-id=" + assignment.group(),
                "--state-dir=" + assignment.state(),
                "--precision=" + assignment.model().precision()));
        arguments.addAll(List.of(more));
        return ChildCommand.of(verb, HEAP, arguments)
                // As the launcher starts a classifier: every compiler, for it runs for long.
                .with("-XX:TieredStopAtLevel=4");
    }

    /**
     * Flink's jars. They lie apart, for among them are Kafka clients of another version than Hemline's.
     *
     * @throws UserError if they are not where the build puts them
     */
    private static Path flinkLibraries() {
        // This class is in target/classes, or in a jar in target/app.
        Path code = code();
        Path target = Files.isDirectory(code) ? code.resolveSibling("app") : code.resolveSibling(".");
        Path folder = target.resolve("flink").normalize();
        if (!Files.isDirectory(folder)) {
            throw new UserError("Flink's libraries are not in " + folder + "; 'mvn package' puts them there");
        }
        return folder;
    }

    private static Path code() {
        try {
            return Path.of(Contender.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path has places that are none", e);
        }
    }
}
