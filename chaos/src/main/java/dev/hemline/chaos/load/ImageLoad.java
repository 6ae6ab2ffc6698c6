package dev.hemline.chaos.load;

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
public final class ImageLoad {
    private static final Pattern SUMMARY = Pattern.compile("sent ([\\d,]+) events in ");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaSettings kafka;
    private final double rate;
    private final long seed;
    private final Path folder;

    /** @param folder for its log */
    public ImageLoad(KafkaSettings kafka, double rate, long seed, Path folder) {
        this.kafka = kafka;
        this.rate = rate;
        this.seed = seed;
        this.folder = folder;
    }

    public Node start() {
        var producer = new Node(
                "producer",
                ChildCommand.of(
                        "produce",
                        "192m",
                        List.of(
                                "--bootstrap-servers",
                                kafka.bootstrapServers(),
                                "--rate",
                                Double.toString(rate),
                                "--bad-ratio",
                                "0.02",
                                "--labels",
                                "late:2",
                                "--seed",
                                Long.toString(seed),
                                "--source",
                                "chaos",
                                "--http-port",
                                "0")),
                folder.resolve("producer.log"));
        producer.start();
        return producer;
    }

    /**
     * Ends the producer in order.
     *
     * @return how many image events brokers acknowledged, as far as producers that ended in order tell
     */
    public long stop(Node producer) throws InterruptedException {
        producer.stop(PATIENCE);
        try (Stream<String> lines = Files.lines(producer.log(), UTF_8)) {
            return lines.map(SUMMARY::matcher)
                    .filter(Matcher::find)
                    .mapToLong(found -> Long.parseLong(found.group(1).replace(",", "")))
                    .sum();
        } catch (IOException e) {
            throw new UserError("The producer's log cannot be read: " + e.getMessage(), e);
        }
    }
}
