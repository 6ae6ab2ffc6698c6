package dev.hemline.topic;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.hemline.event.ImageEvent;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The contract as an AsyncAPI 3 document: every {@link Topic} of {@link Topics} with its settings, schemas and headers, in the
 * words of {@code asyncapi.yaml} among the resources.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI specification</a>
 */
final class AsyncApi {
    private static final String BINDING_VERSION = "0.5.0";
    /** The newest Avro that AsyncAPI's parser has a name for. */
    private static final String AVRO = "application/vnd.apache.avro+json;version=1.9.0";

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES));

    private final JsonNode words;
    private final ObjectNode channels = YAML.createObjectNode();
    private final ObjectNode operations = YAML.createObjectNode();
    private final ObjectNode messages = YAML.createObjectNode();
    private final Set<String> headersTold = new HashSet<>();

    private AsyncApi(JsonNode words) {
        this.words = words;
    }

    /** @throws IllegalStateException naming what has no words yet, or words about nothing */
    static String text() throws IOException, ReflectiveOperationException, NoSuchAlgorithmException {
        try (InputStream words = requireNonNull(AsyncApi.class.getResourceAsStream("/asyncapi.yaml"))) {
            ObjectNode document = new AsyncApi(YAML.readTree(words)).document();
            return "# Made of topics, schemas and schemas/src/test/resources/asyncapi.yaml by AsyncApiTest, which says how to renew it.\n"
                    + YAML.writeValueAsString(document);
        }
    }

    private ObjectNode document() throws ReflectiveOperationException, NoSuchAlgorithmException {
        Map<String, Field> topics = new TreeMap<>();
        for (Field field : Topics.class.getFields()) {
            if (field.get(null) instanceof Topic<?, ?> topic) {
                topics.put(topic.name(), field);
            }
        }
        // In the order of the words: reflection promises none.
        for (Map.Entry<String, JsonNode> said : words.path("topics").properties()) {
            told(topics.containsKey(said.getKey()), "words about a topic that there is not, " + said.getKey());
            Field field = requireNonNull(topics.remove(said.getKey()));
            Object valueType = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[1];
            add((Topic<?, ?>) field.get(null), valueType, said.getValue());
        }
        told(topics.isEmpty(), "no words about topics " + topics.keySet());
        for (Field field : DeadLetterHeaders.class.getFields()) {
            told(headersTold.contains((String) field.get(null)), "no words about header " + field.get(null));
        }

        ObjectNode document = YAML.createObjectNode().put("asyncapi", "3.0.0");
        document.set("info", words.path("info"));
        document.set("servers", words.path("servers"));
        document.put("defaultContentType", "avro/binary");
        document.set("channels", channels);
        document.set("operations", operations);
        document.putObject("components").set("messages", messages);
        return document;
    }

    private void add(Topic<?, ?> topic, Object valueType, JsonNode said)
            throws ReflectiveOperationException, NoSuchAlgorithmException {
        told(said.hasNonNull("description") && said.hasNonNull("key"), "no description or key of topic " + topic);
        told(said.has("receives") || said.has("sends"), "nothing received from or sent to topic " + topic);
        ObjectNode channel = channels.putObject(topic.name()).put("address", topic.name());
        channel.set("description", said.path("description"));
        ObjectNode itsMessages = channel.putObject("messages");
        for (String message : messagesOf(said, valueType)) {
            itsMessages.putObject(message).put("$ref", "#/components/messages/" + message);
            ObjectNode described = message(message, said);
            told(
                    !messages.has(message) || messages.get(message).equals(described),
                    "message " + message + " on a second topic, otherwise");
            messages.set(message, described);
        }
        channel.putObject("bindings").set("kafka", settings(topic));
        operation("receive", topic, said.path("receives"));
        operation("send", topic, said.path("sends"));
    }

    private static List<String> messagesOf(JsonNode said, Object valueType) {
        List<String> names = new ArrayList<>();
        if (valueType instanceof Class<?> type && SpecificRecord.class.isAssignableFrom(type)) {
            names.add(type.getSimpleName());
        }
        said.path("messages").forEach(name -> names.add(name.asText()));
        return names;
    }

    private void operation(String action, Topic<?, ?> topic, JsonNode summary) {
        if (!summary.isMissingNode()) {
            ObjectNode operation = operations.putObject(action + "-" + topic).put("action", action);
            operation.putObject("channel").put("$ref", "#/channels/" + topic);
            operation.set("summary", summary);
        }
    }

    private ObjectNode message(String name, JsonNode said)
            throws ReflectiveOperationException, NoSuchAlgorithmException {
        ObjectNode message = YAML.createObjectNode().put("name", name);
        JsonNode own = words.path("messages").path(name);
        if (own.isMissingNode()) {
            Schema schema = SpecificData.get().getSchema(Class.forName(ImageEvent.class.getPackageName() + "." + name));
            message.put("summary", schema.getDoc()).put("contentType", "avro/binary");
            message.put("x-single-object-header", singleObjectHeader(schema));
            message.putObject("payload").put("schemaFormat", AVRO).set("schema", json(schema));
        } else {
            message.setAll((ObjectNode) own);
        }
        if (said.has("headers")) {
            message.set("headers", headers(said.path("headers")));
        }
        ObjectNode binding = message.putObject("bindings").putObject("kafka");
        binding.putObject("key").put("type", "string").set("description", said.path("key"));
        binding.put("bindingVersion", BINDING_VERSION);
        return message;
    }

    private ObjectNode headers(JsonNode said) {
        ObjectNode headers = YAML.createObjectNode().put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        said.properties().forEach(header -> {
            headersTold.add(header.getKey());
            ObjectNode property = properties.putObject(header.getKey()).put("type", "string");
            property.set("description", header.getValue());
            if (header.getKey().equals(DeadLetterHeaders.REASON)) {
                var codes = property.putArray("enum");
                for (Rejection rejection : Rejection.values()) {
                    codes.add(rejection.code());
                }
            }
        });
        return headers;
    }

    private static ObjectNode settings(Topic<?, ?> topic) {
        ObjectNode binding = YAML.createObjectNode().put("partitions", topic.partitions());
        ObjectNode settings = binding.putObject("topicConfiguration");
        for (Map.Entry<String, String> setting : new TreeMap<>(topic.config()).entrySet()) {
            String value = setting.getValue();
            if (setting.getKey().equals(TopicConfig.CLEANUP_POLICY_CONFIG)) {
                var policies = settings.putArray(setting.getKey());
                List.of(value.split(",")).forEach(policies::add);
            } else if (value.matches("\\d+")) {
                settings.put(setting.getKey(), Long.parseLong(value));
            } else {
                settings.put(setting.getKey(), value);
            }
        }
        return binding.put("bindingVersion", BINDING_VERSION);
    }

    private static JsonNode json(Schema schema) {
        try {
            return new ObjectMapper().readTree(schema.toString());
        } catch (IOException e) {
            throw new AssertionError("A schema's text is JSON", e);
        }
    }

    /** For instance {@code c3 01 …}, ten bytes. */
    private static String singleObjectHeader(Schema schema) throws NoSuchAlgorithmException {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        return "c3 01 " + hex.formatHex(SchemaNormalization.parsingFingerprint("CRC-64-AVRO", schema));
    }

    private static void told(boolean is, String otherwise) {
        if (!is) {
            throw new IllegalStateException("schemas/src/test/resources/asyncapi.yaml has " + otherwise);
        }
    }
}
