package dev.hemline.topic;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.NameValidator;
import org.apache.avro.Resolver;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * A schema that somebody else wrote events with. Whoever may write one may write anything, so its text is bounded, and so is the
 * work that an event of it can make: each value takes at least a byte. Thread-safe.
 */
public final class WritersSchema {
    /** Ours have up to 5,000. */
    public static final int MAX_CHARS = 100_000;

    /** Brackets within brackets: some thirty records. */
    private static final int MAX_DEPTH = 100;

    /** Ours have a dozen. */
    private static final int MAX_RECORDS = 100;

    /** Each place that refers to a type writes its name out in the canonical form. */
    private static final int MAX_NAME = 300;

    private static final Set<Schema.Type> NAMED = EnumSet.of(Schema.Type.RECORD, Schema.Type.ENUM, Schema.Type.FIXED);

    /** Of what a schema says itself, in a reason. */
    private static final int MAX_QUOTED = 300;

    static {
        EventSerde.trustOurEvents();
    }

    private final Schema schema;

    Schema schema() {
        return schema;
    }

    private WritersSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * Reads a schema's text.
     *
     * @throws UnknownSchemaException if it is none, or one that cannot be read safely; the message says why
     */
    public static WritersSchema parse(String text) {
        return parse(List.of(text));
    }

    /**
     * Reads a schema that refers to types of others.
     *
     * @param texts those others, each after what it refers to, and the schema itself last; together they are bounded as one
     * @throws UnknownSchemaException as above
     */
    public static WritersSchema parse(List<String> texts) {
        requireBounds(texts);
        // What is valid is not ours to say: names and defaults matter to readers alone.
        Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        try {
            Schema last = null;
            for (String text : texts) {
                last = parser.parse(text);
            }
            if (last == null) {
                throw new UnknownSchemaException("The writer's schema has no text");
            }
            requireBytes(last);
            return new WritersSchema(last);
        } catch (UnknownSchemaException e) {
            throw e;
        } catch (RuntimeException e) {
            // As many kinds as Avro's parser throws for what is no schema.
            throw new UnknownSchemaException(
                    "The writer's schema is no Avro schema: " + cut(String.valueOf(e.getMessage())), e);
        }
    }

    private static void requireBounds(List<String> texts) {
        long chars = texts.stream().mapToLong(String::length).sum();
        if (chars > MAX_CHARS) {
            throw new UnknownSchemaException("The writer's schema has " + chars + " characters, at most " + MAX_CHARS
                    + " are read; have it say less, in 'doc' for instance");
        }
        if (texts.stream().anyMatch(text -> depth(text) > MAX_DEPTH)) {
            throw new UnknownSchemaException(
                    "The writer's schema has brackets nested more than " + MAX_DEPTH + " deep; write it flatter");
        }
    }

    private static int depth(String json) {
        int depth = 0;
        int deepest = 0;
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            switch (json.charAt(i)) {
                case '\\' -> i++;
                case '"' -> quoted = !quoted;
                case '{', '[' -> depth += quoted ? 0 : 1;
                case '}', ']' -> depth -= quoted ? 0 : 1;
                default -> {
                    continue;
                }
            }
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    /** Of values without a byte an event might claim to hold any number, and of a record that needs itself there is no end. */
    private static void requireBytes(Schema top) {
        Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> ending = new HashSet<>();
        Deque<Schema> left = new ArrayDeque<>(List.of(top));
        while (!left.isEmpty()) {
            Schema type = left.pop();
            if (seen.add(type)) {
                if (NAMED.contains(type.getType()) && type.getFullName().length() > MAX_NAME) {
                    throw new UnknownSchemaException("In the writer's schema the name '" + cut(type.getFullName())
                            + "' is longer than " + MAX_NAME + " characters; shorten it");
                }
                switch (type.getType()) {
                    case RECORD -> {
                        requireEnd(type, new HashSet<>(), ending);
                        requireFew(type);
                        type.getFields().forEach(field -> left.push(requireByte(field.schema(), field.name())));
                    }
                    case ARRAY -> left.push(requireByte(type.getElementType(), "items"));
                    case MAP -> left.push(requireByte(type.getValueType(), "values"));
                    case UNION -> type.getTypes().forEach(left::push);
                    default -> {}
                }
            }
        }
    }

    private static Schema requireByte(Schema type, String name) {
        boolean empty = switch (type.getType()) {
            case NULL -> true;
            case FIXED -> type.getFixedSize() == 0;
            case RECORD -> type.getFields().isEmpty();
            default -> false;
        };
        if (empty) {
            throw new UnknownSchemaException(
                    "In the writer's schema '" + cut(name)
                            + "' takes no byte, so there might be any number of it; leave it out, or make it a union with null");
        }
        return type;
    }

    /** @param ending those of which that is known already */
    private static void requireEnd(Schema record, Set<String> around, Set<String> ending) {
        String name = record.getFullName();
        if (ending.contains(name)) {
            return;
        }
        if (!around.add(name)) {
            throw new UnknownSchemaException("In the writer's schema record '" + cut(name)
                    + "' holds itself without end; make that field a union with null");
        }
        for (Schema.Field field : record.getFields()) {
            if (field.schema().getType() == Schema.Type.RECORD) {
                requireEnd(field.schema(), around, ending);
            }
        }
        ending.add(name);
    }

    /** Avro's readers walk through records within records for each byte that they read, and twice that for each of two fields. */
    private static void requireFew(Schema record) {
        if (records(record, new HashSet<>(), 0) > MAX_RECORDS) {
            throw new UnknownSchemaException("In the writer's schema record '" + cut(record.getFullName())
                    + "' holds more than " + MAX_RECORDS + " records, each counted where it stands; write it flatter");
        }
    }

    /** @return so many before, and those that stand here, as far as that is not too many */
    private static int records(Schema type, Set<String> around, int before) {
        int count = before;
        if (count > MAX_RECORDS) {
            return count;
        }
        if (type.getType() == Schema.Type.UNION) {
            for (Schema branch : type.getTypes()) {
                count = records(branch, around, count);
            }
        } else if (type.getType() == Schema.Type.RECORD) {
            count++;
            if (around.add(type.getFullName())) {
                for (Schema.Field field : type.getFields()) {
                    count = records(field.schema(), around, count);
                }
                around.remove(type.getFullName());
            }
        }
        return count;
    }

    /** The CRC-64-AVRO fingerprint of its canonical form, as it stands on the wire in single-object encoding. */
    public long fingerprint() {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    /**
     * What reads an event's binary body that was written with this schema.
     *
     * @param reader our own schema
     * @throws UnknownSchemaException if no event of this schema can be one of ours; the message names the field
     */
    <T extends SpecificRecord> SpecificDatumReader<T> readerOf(Schema reader) {
        try {
            fault(Resolver.resolve(schema, reader, GenericData.get()), "").ifPresent(why -> {
                throw new UnknownSchemaException("The writer's schema " + cut(schema.getFullName())
                        + " is not that of a " + reader.getName() + ": " + why);
            });
        } catch (UnknownSchemaException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new UnknownSchemaException(
                    "The writer's schema does not resolve to that of a " + reader.getName() + ": "
                            + cut(String.valueOf(e.getMessage())),
                    e);
        }
        return new SpecificDatumReader<>(schema, reader);
    }

    /** Why nothing that this action reads can be right; a union may hold what is, or not, each time anew. */
    private static Optional<String> fault(Resolver.Action action, String field) {
        if (action instanceof Resolver.ErrorAction error) {
            return Optional.of((field.isEmpty() ? "" : "field '" + field + "': ") + cut(error.toString()));
        }
        if (action instanceof Resolver.RecordAdjust record) {
            for (int i = 0; i < record.fieldActions.length; i++) {
                Schema.Field written = record.writer.getFields().get(i);
                Optional<String> fault = fault(record.fieldActions[i], written.name());
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        if (action instanceof Resolver.Container container) {
            return fault(container.elementAction, field);
        }
        return action instanceof Resolver.ReaderUnion union
                ? fault(union.actualAction, field)
                : otherMeaning(action, field);
    }

    /** Avro reads a number of one unit as one of another; a day of the year 55,000 helps nobody. */
    private static Optional<String> otherMeaning(Resolver.Action action, String field) {
        LogicalType written = action.writer.getLogicalType();
        LogicalType read = action.reader == null ? null : action.reader.getLogicalType();
        return written == null || read == null || written.getName().equals(read.getName())
                ? Optional.empty()
                : Optional.of("field '" + field + "' is " + cut(written.getName()) + ", expected " + read.getName());
    }

    private static String cut(String text) {
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "...";
    }
}
