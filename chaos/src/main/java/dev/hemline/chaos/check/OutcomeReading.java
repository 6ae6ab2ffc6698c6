package dev.hemline.chaos.check;

import dev.hemline.event.Classification;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventIdentity;
import dev.hemline.topic.EventSerde;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Holds every outcome against its event; what a model has to say about it is left to {@link OfflinePrediction}. */
final class OutcomeReading {
    private static final EventSerde<Classification> RESULTS = EventFormats.DEFAULT.results();

    private final SentPictures pictures;
    private final Set<Integer> badVersions;
    private final WrongOutcomes wrong;
    private final OfflinePrediction prediction;
    private final Map<Integer, Integer> versions = new HashMap<>();
    private long versionsBack;
    private long poisonAnswered;

    /** @param prediction gets what has to be asked again */
    OutcomeReading(SentPictures pictures, Set<Integer> badVersions, OfflinePrediction prediction, WrongOutcomes wrong) {
        this.pictures = pictures;
        this.badVersions = Set.copyOf(badVersions);
        this.prediction = prediction;
        this.wrong = wrong;
    }

    void result(ConsumerRecord<byte[], byte[]> record) {
        Classification result = RESULTS.decode(record.value());
        followVersion(record.partition(), result.getModelVersion());
        if (badVersions.contains(result.getModelVersion())) {
            wrong.add(WrongOutcomes.Kind.REFUSED_VERSION, 1, "v" + result.getModelVersion());
        }
        if (pictures.mayHaveAnyOutcome(result.getId())) {
            poisonAnswered++;
            return;
        }
        Optional<ByteBuffer> picture = pictures.picture(result.getId());
        if (picture.isPresent()) {
            prediction.add(picture.get(), result);
        } else {
            wrong.add(
                    pictures.knows(result.getId())
                            ? WrongOutcomes.Kind.BAD_EVENT_CLASSIFIED
                            : WrongOutcomes.Kind.NEVER_SENT,
                    1,
                    result.getId());
        }
    }

    private void followVersion(int partition, int version) {
        Integer before = versions.put(partition, version);
        if (before != null && version < before) {
            versionsBack++;
        }
    }

    void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        String event = EventIdentity.ofDeadLetter(record, EventFormats.DEFAULT.images());
        if (pictures.picture(event).isPresent()) {
            wrong.add(WrongOutcomes.Kind.GOOD_EVENT_REJECTED, 1, event);
        }
    }

    /** Results of poison that may have any outcome, which are not asked again. */
    long poisonAnswered() {
        return poisonAnswered;
    }

    /** How often a result was of an older version than the one before on its partition. */
    long versionsBack() {
        return versionsBack;
    }
}
