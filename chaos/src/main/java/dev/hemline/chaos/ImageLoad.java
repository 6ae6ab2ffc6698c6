package dev.hemline.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.chaos.cluster.Node;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.testbed.child.ChildCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code hemline produce} in a JVM of its own: real images, some events broken, labels two seconds later. */
final class ImageLoad extends Node {
    /** Of all its events. */
    static final String SOURCE = "chaos";

    private static final Pattern SUMMARY = Pattern.compile("sent ([\\d,]+) events in ");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param folder for its log */
    ImageLoad(KafkaSettings kafka, double rate, long seed, Path folder) {
        super(
                "producer",
                ChildCommand.of(
                        "produce",
                        "192m",
                        List.of(
                                "--bootstrap-servers=" + kafka.bootstrapServers(),
                                "--rate=" + rate,
                                "--bad-ratio=0.02",
                                "--labels=late:2",
                                "--seed=" + seed,
                                "--source=" + SOURCE,
                                "--http-port=0")),
                folder.resolve("producer.log"));
    }

    /**
     * Ends the producer in order.
     *
     * @return how many image events brokers acknowledged, as far as producers that ended in order tell
     */
    long finish() throws InterruptedException {
        stop(PATIENCE);
        try (Stream<String> lines = Files.lines(log(), UTF_8)) {
            return lines.map(SUMMARY::matcher)
                    .filter(Matcher::find)
                    .mapToLong(found -> Long.parseLong(found.group(1).replace(",", "")))
                    .sum();
        } catch (IOException e) {
            throw new UserError("The producer's log cannot be read: " + e.getMessage(), e);
        }
    }
}
