package dev.hemline.model.publish;

import dev.hemline.event.ModelAlias;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;

/** How a version is taken off topic {@code models}, whoever does it. */
public final class Retirement {
    private static final EventSerde<ModelAlias> ALIASES = EventSerde.of(ModelAlias.class);

    private Retirement() {}

    /**
     * The id that all share who say which versions of a model there are and which one serves, so that of two at once the
     * one that began later goes through and the other changes nothing. It is not the publishers'.
     */
    public static String transactionalId(String model) {
        return "hemline-steering-" + model;
    }

    /**
     * What to send, in this order and in one transaction: the number first and the chunks last, so that a reader never
     * sees a manifest whose chunks are gone.
     *
     * @param highest largest version ever given, which is remembered: numbers are not used again
     */
    public static List<ProducerRecord<String, byte[]>> of(
            String model, int version, int highest, Set<String> chunkKeys, String by) {
        String last = ModelKey.Alias.LAST_VERSION;
        byte[] remembered =
                ALIASES.encode(new ModelAlias(model, last, highest, Instant.now(), by, "v" + version + " was retired"));
        List<ProducerRecord<String, byte[]>> events = new ArrayList<>();
        events.add(new ProducerRecord<>(Topics.MODELS.name(), new ModelKey.Alias(model, last).toString(), remembered));
        events.add(tombstone(new ModelKey.Manifest(model, version).toString()));
        chunkKeys.stream().sorted().map(Retirement::tombstone).forEach(events::add);
        return events;
    }

    private static ProducerRecord<String, byte[]> tombstone(String key) {
        return new ProducerRecord<>(Topics.MODELS.name(), key, null);
    }
}
