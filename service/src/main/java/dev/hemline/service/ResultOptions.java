package dev.hemline.service;

import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The flags of a command that writes results and scores. Use as a picocli {@code @Mixin}. */
public final class ResultOptions {
    enum Format {
        AVRO,
        REGISTRY,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--result-format",
            paramLabel = "FORMAT",
            defaultValue = "avro",
            description =
                    "How results and scores are written: ${COMPLETION-CANDIDATES}. avro is single-object encoding,"
                            + " registry is Confluent's wire format, which takes --schema-registry. Default: ${DEFAULT-VALUE}")
    Format format = Format.AVRO;

    @Option(
            names = "--register-schemas",
            description = "With --result-format registry: put the schemas of results and scores into the registry."
                    + " Default: they have to be there")
    boolean register;

    /** @throws IllegalArgumentException if one flag is of no use without another */
    public void requireSense(SchemaRegistry registry) {
        if (format == Format.REGISTRY && !registry.isThere()) {
            throw new IllegalArgumentException("--result-format registry takes --schema-registry URL");
        }
        if (register && format != Format.REGISTRY) {
            throw new IllegalArgumentException("--register-schemas is of no use without --result-format registry");
        }
    }

    /**
     * How results and scores are written, and whatever is said of events is read.
     *
     * @throws UserError if the registry refuses, or does not have a schema that nobody is to put there
     * @throws IOException if the registry gives no answer of its own
     */
    public EventFormats formats(SchemaRegistry registry) throws IOException {
        EventFormats reading = EventFormats.DEFAULT.reading(registry.schemas());
        return switch (format) {
            case AVRO -> reading;
            case JSON -> reading.writingJson();
            case REGISTRY ->
                reading.writingRegistered(
                        id(registry, Topics.CLASSIFICATIONS, reading.results()),
                        id(registry, Topics.SCORES, reading.scores()));
        };
    }

    private int id(SchemaRegistry registry, Topic<?, ?> topic, EventSerde<?> events) throws IOException {
        return registry.id(RegistrySubject.ofTopic(topic.name()), events.schema(), register);
    }
}
