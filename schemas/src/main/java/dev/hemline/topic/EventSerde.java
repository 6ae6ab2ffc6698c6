package dev.hemline.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.hemline.event.ImageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro events in single-object encoding: two magic bytes {@code C3 01}, the schema's CRC-64-AVRO fingerprint in 8
 * little-endian bytes, then the Avro binary body. No registry is needed to read one; what another release wrote with another
 * schema is resolved to ours where {@link WriterSchemas} know that one.
 *
 * <p>Some read events too that travel with the id of a schema in a registry ({@code 00}), and JSON, all told apart by the first
 * bytes, and can be had to write either.
 *
 * <p>Thread-safe. Bytes that are no such event are refused with an {@link UndecodableEventException}; a null value (a
 * tombstone) passes through as null.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro specification</a>
 */
public final class EventSerde<T extends SpecificRecord> implements Serde<T> {
    private static final int MOST_KEPT = 100;

    static {
        // Avro loads only classes that it was told to trust; ours are added to whatever the program trusts already.
        ClassSecurityPredicate before = ClassSecurityValidator.getGlobal();
        String ours = ImageEvent.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                before, type -> type.getPackageName().equals(ours)));
    }

    /** For those who read our classes without this one: to call it is to load it. */
    static void trustOurEvents() {}

    private final Schema schema;
    private final byte[] header;
    private final SpecificDatumWriter<T> writer;
    private final Reading reading;
    /** What it writes begins with; null where that is JSON. */
    private final byte @Nullable [] lead;

    /** By fingerprints: of this release's schema, and of its former one. */
    private final Map<Long, SpecificDatumReader<T>> ours;
    /** Whoever may write schemas may write many. */
    private final Map<Long, SpecificDatumReader<T>> others = SchemaTopic.newest(MOST_KEPT);

    /**
     * What is read beside events of our own schema.
     *
     * @param writers of other schemas, by their fingerprints
     * @param registered by their ids; null where such events are refused
     * @param unsaid what an event in JSON may leave for its record to say; null where JSON is refused
     */
    private record Reading(
            WriterSchemas writers,
            @Nullable RegisteredSchemas registered,
            @Nullable Function<RecordContext, Map<String, Object>> unsaid) {}

    private EventSerde(Schema schema, Reading reading) {
        this.schema = schema;
        this.reading = reading;
        header = SingleObjectFraming.header(schema);
        lead = header;
        writer = new SpecificDatumWriter<>(schema);
        Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();
        former(schema).ifPresent(read -> readers.put(read.fingerprint(), read.readerOf(schema)));
        readers.put(SingleObjectFraming.fingerprint(schema), new SpecificDatumReader<>(schema));
        ours = Map.copyOf(readers);
    }

    private EventSerde(EventSerde<T> other, Reading reading, byte @Nullable [] lead) {
        this.reading = reading;
        this.lead = lead;
        schema = other.schema;
        header = other.header;
        writer = other.writer;
        ours = other.ours;
    }

    /**
     * What a release of ours wrote before it put its schemas on a topic, and what programs still write that have a copy of that
     * schema beside them.
     */
    static Optional<WritersSchema> former(Schema schema) {
        try (InputStream text = ImageEvent.class.getResourceAsStream("former/" + schema.getName() + ".avsc")) {
            return text == null
                    ? Optional.empty()
                    : Optional.of(WritersSchema.parse(new String(text.readAllBytes(), UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("Our own schema cannot be read", e);
        }
    }

    /** One that reads what this release writes, in single-object encoding. */
    public static <T extends SpecificRecord> EventSerde<T> of(Class<T> type) {
        return new EventSerde<>(SpecificData.get().getSchema(type), new Reading(WriterSchemas.NONE, null, null));
    }

    /**
     * One that reads JSON, too, and says of events with a registered schema's id what it takes to read them.
     *
     * @param unsaid what the record of an event in JSON says of it, by fields' names
     */
    static <T extends SpecificRecord> EventSerde<T> inAnyFormat(
            Class<T> type, Function<RecordContext, Map<String, Object>> unsaid) {
        return new EventSerde<>(
                SpecificData.get().getSchema(type), new Reading(WriterSchemas.NONE, RegisteredSchemas.none(), unsaid));
    }

    /** One that reads, too, what others wrote with these schemas, as far as they resolve to ours. */
    public EventSerde<T> reading(WriterSchemas writers) {
        return new EventSerde<>(this, new Reading(writers, reading.registered, reading.unsaid), lead);
    }

    /** One that reads, too, what travels with the id of one of these schemas. */
    public EventSerde<T> reading(RegisteredSchemas registered) {
        return new EventSerde<>(this, new Reading(reading.writers, registered, reading.unsaid), lead);
    }

    /** One that writes JSON. */
    EventSerde<T> writingJson() {
        return new EventSerde<>(this, reading, null);
    }

    /** One that writes what a schema registry's readers read, where our schema has this id. */
    EventSerde<T> writingRegistered(int schemaId) {
        return new EventSerde<>(this, reading, RegistryFraming.header(schemaId));
    }

    /**
     * The ten bytes that every event of this type begins with: {@code C3 01}, then its schema's fingerprint as it is on the
     * wire, least significant byte first.
     */
    public byte[] header() {
        return header.clone();
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, event) -> event == null ? null : encode(event);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : decode(bytes);
    }

    /** The event's bytes as they travel. */
    public byte[] encode(T event) {
        if (lead == null) {
            return JsonEvent.write(event);
        }
        var out = new ByteArrayOutputStream(1024);
        out.writeBytes(lead);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("An in-memory stream cannot fail", e);
        }
        return out.toByteArray();
    }

    /**
     * The event that travelled as {@code bytes}.
     *
     * @throws UndecodableEventException naming what is wrong and which schema was expected; a
     *     {@link TooLargeEventException} if a {@link BoundedConsumer} kept it away, an {@link UnknownSchemaException} if
     *     nobody knows its writer's schema, or that is of something else
     * @throws NotYetReadableException if that schema cannot be looked up now
     */
    public T decode(byte @Nullable [] bytes) {
        return decode(bytes, Map::of);
    }

    /**
     * The event that a record holds; what one in JSON does not say itself, its record does.
     *
     * @throws UndecodableEventException as above
     * @throws NotYetReadableException as above
     */
    public T read(ConsumerRecord<byte[], byte[]> record) {
        return decode(record.value(), () -> requireNonNull(reading.unsaid).apply(new RecordContext(record)));
    }

    @SuppressWarnings("unchecked") // of our own schema
    private T decode(byte @Nullable [] bytes, Supplier<Map<String, Object>> unsaid) {
        if (bytes == null) {
            throw refused("there are no bytes (a null value)");
        }
        if (reading.unsaid != null && isJson(bytes)) {
            return (T) JsonEvent.read(schema, bytes, unsaid.get());
        }
        return reading.registered != null && RegistryFraming.isOf(bytes)
                ? reading.registered.decode(this, bytes)
                : decode(readerFor(bytes), bytes, SingleObjectFraming.HEADER_BYTES);
    }

    private static boolean isJson(byte[] bytes) {
        return !SingleObjectFraming.mayBe(bytes) && FileSignature.of(bytes).equals(Optional.of(FileSignature.JSON));
    }

    /**
     * The same event as its writer understood it: by the writer's schema, with every field that ours has not.
     *
     * @throws UndecodableEventException as above
     */
    public GenericRecord decodeAsWritten(byte[] bytes) {
        Schema written = readerFor(bytes).getSchema();
        return decode(
                new GenericDatumReader<>(written, written, new GenericData()), bytes, SingleObjectFraming.HEADER_BYTES);
    }

    /** The event whose body, of the schema that {@code reader} knows, begins after so many bytes. */
    <D> D decode(DatumReader<D> reader, byte[] bytes, int headerBytes) {
        BinaryDecoder body = DecoderFactory.get().binaryDecoder(bytes, headerBytes, bytes.length - headerBytes, null);
        try {
            D event = reader.read(null, body);
            if (body.isEnd()) {
                return event;
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Garbled bytes surface as many unchecked exceptions: index, negative size, number format, Avro's own. And
            // another's schema may nest without end.
            throw new UndecodableEventException(
                    "Not a readable " + schema.getName() + ": its body is cut short or garbled (" + cause(e) + ")", e);
        }
        throw refused("bytes are left over after its last field");
    }

    public Schema schema() {
        return schema;
    }

    private SpecificDatumReader<T> readerFor(byte[] bytes) {
        TooLargeRecord.of(bytes).ifPresent(record -> {
            throw new TooLargeEventException("Not a readable " + schema.getName() + ": " + record);
        });
        SingleObjectFraming.fault(bytes).ifPresent(why -> {
            throw refused(why);
        });
        long fingerprint = SingleObjectFraming.fingerprint(bytes);
        SpecificDatumReader<T> known = ours.get(fingerprint);
        if (known == null) {
            known = others.get(fingerprint);
        }
        return known == null ? readerOfOthers(bytes, fingerprint) : known;
    }

    private SpecificDatumReader<T> readerOfOthers(byte[] bytes, long fingerprint) {
        WritersSchema written = reading.writers
                .find(fingerprint)
                .orElseThrow(() -> new UnknownSchemaException("Not a readable " + schema.getName()
                        + ": unknown schema fingerprint, it starts with " + SingleObjectFraming.text(bytes)
                        + ", expected " + SingleObjectFraming.text(header) + " (" + schema.getFullName()
                        + "); put a schema of one's own on topic schemas first"));
        SpecificDatumReader<T> reader = written.readerOf(schema);
        others.put(fingerprint, reader);
        return reader;
    }

    private UndecodableEventException refused(String why) {
        return new UndecodableEventException("Not a readable " + schema.getName() + ": " + why);
    }

    private static String cause(Throwable e) {
        String type = e instanceof AvroRuntimeException ? "Avro" : e.getClass().getSimpleName();
        return e.getMessage() == null ? type : type + ": " + e.getMessage();
    }
}
