package dev.hemline.benchmarks.stream;

import java.util.Locale;

/** What an event may be on topic {@code image-events}, as docs/image-events.md tells. */
enum EventFormat {
    /** In single-object encoding. */
    AVRO,
    /** Avro with the id of a schema that a registry has. */
    REGISTRY,
    JSON,
    /** A bare file. */
    PICTURE,
    /** In Kafka's binary mode, with a bare file. */
    CLOUDEVENT,
    /** Avro that says where the picture is: in a store behind HTTP on this machine. */
    REFERENCE;

    /** As the command line, tables and the JSON file call it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
