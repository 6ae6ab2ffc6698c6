package dev.hemline.quickstart.watch;

import dev.hemline.event.Classification;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaProblem;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaWatch;
import dev.hemline.service.SchemaRegistry;
import dev.hemline.service.SchemaRegistryOptions;
import dev.hemline.service.StopSignal;
import dev.hemline.service.Texts;
import dev.hemline.service.UserError;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.NotYetReadableException;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline watch}. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Prints results as they arrive: event id, label, confidence, model version. Ctrl-C ends it.",
        footer = {
            "",
            "Examples:",
            "  hemline watch --bootstrap-servers kafka-1:9092",
            "  hemline watch --from-beginning --count 100 --json"
        })
public final class WatchCommand implements Callable<Integer> {
    /** How long brokers may take to answer before they count as not there. */
    private static final int PATIENCE_MILLIS = 15_000;
    /** Before it looks whether it is to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final Duration TICK = Duration.ofMillis(200);

    private final PrintStream out;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final SchemaRegistryOptions schemas = new SchemaRegistryOptions();

    @Option(
            names = "--from-beginning",
            description = "Also print the results that the topic holds already, not only new ones.")
    private boolean fromBeginning;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "0",
            description = "End after N results. Default: ${DEFAULT-VALUE}, which never ends")
    private long count;

    @Option(names = "--json", description = "One JSON object a line, with all of a result's fields.")
    private boolean json;

    public WatchCommand() {
        this(System.out);
    }

    /** @param out where results go instead of standard output */
    public WatchCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    @SuppressWarnings("try") // the watch over the brokers only has to be there
    public Integer call() {
        if (count < 0) {
            throw new IllegalArgumentException("--count is at least 0, not " + count);
        }
        KafkaSettings settings = kafka.answering();
        try (var stop = StopSignal.onTermination(Duration.ofSeconds(5));
                SchemaRegistry known = schemas.open(new SimpleMeterRegistry());
                TopicReader results = reader(settings)) {
            seek(results, settings);
            // Without brokers a reader waits without a word.
            try (KafkaWatch brokers = KafkaWatch.start(settings, List.of(Topics.CLASSIFICATIONS))) {
                EventSerde<Classification> serde = EventFormats.DEFAULT
                        .reading(known.schemas().waiting(PATIENCE))
                        .reading(results.writers())
                        .results();
                long left = count == 0 ? Long.MAX_VALUE : count;
                // A closed pipe (watch | head) shows as an error of the stream, which is checked after every poll.
                while (left > 0 && !stop.requested() && !out.checkError()) {
                    left -= print(results, serde, left, stop);
                }
            }
        }
        return 0;
    }

    private static TopicReader reader(KafkaSettings settings) {
        try {
            return new TopicReader(settings.client(Map.of("default.api.timeout.ms", PATIENCE_MILLIS)));
        } catch (KafkaException e) {
            throw KafkaProblem.error(settings, e);
        }
    }

    private void seek(TopicReader results, KafkaSettings settings) {
        try {
            var topics = List.of(Topics.CLASSIFICATIONS);
            var unused = fromBeginning ? results.fromBeginning(topics) : results.fromNow(topics);
        } catch (UnknownTopicOrPartitionException e) {
            throw new UserError(e.getMessage() + " yet; './hemline classifier' makes it when it starts", e);
        } catch (TimeoutException e) {
            throw KafkaProblem.error(settings, e);
        }
    }

    private long print(TopicReader results, EventSerde<Classification> serde, long limit, StopSignal stop) {
        long printed = 0;
        for (ConsumerRecord<byte[], byte[]> record : results.poll(TICK)) {
            if (printed == limit) {
                break;
            }
            Optional<Classification> result = result(record, serde, stop);
            if (result.isPresent()) {
                out.println(result.map(json ? WatchCommand::json : WatchCommand::columns)
                        .get());
                printed++;
            }
        }
        return printed;
    }

    /** Waits for a schema registry, which says itself that it is waited for. */
    private static Optional<Classification> result(
            ConsumerRecord<byte[], byte[]> record, EventSerde<Classification> serde, StopSignal stop) {
        while (!stop.requested()) {
            try {
                return Optional.of(serde.read(record));
            } catch (NotYetReadableException e) {
                // The registry is asked on, and says so.
            } catch (UndecodableEventException e) {
                // Not a constant: nobody who asks for help waits for logging to be set up.
                LoggerFactory.getLogger(WatchCommand.class)
                        .warn("{}-{}@{}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
                break;
            }
        }
        return Optional.empty();
    }

    /** For people: id, label, confidence, version. Ids come from strangers. */
    static String columns(Classification result) {
        return String.format(
                Locale.ROOT,
                "%-28s  %-12s  %5.1f %%  %s v%d",
                Texts.printable(result.getId()),
                Texts.printable(result.getLabelName()),
                100 * result.getConfidence(),
                Texts.printable(result.getModelName()),
                result.getModelVersion());
    }

    /** For programs: an object with every field, times in ISO 8601. */
    static String json(Classification result) {
        var fields = new LinkedHashMap<String, Object>();
        result.getSchema().getFields().forEach(field -> fields.put(field.name(), result.get(field.pos())));
        return JsonFile.line(fields);
    }
}
