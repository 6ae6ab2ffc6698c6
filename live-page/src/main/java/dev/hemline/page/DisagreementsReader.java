package dev.hemline.page;

import dev.hemline.event.Sample;
import dev.hemline.page.ToldExperiments.Pair;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.topic.UndecodableEventException;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what two versions made of the newest events on topics {@code shadow-classifications}, {@code scores} and {@code samples}. */
final class DisagreementsReader {
    private static final Logger LOG = LoggerFactory.getLogger(DisagreementsReader.class);
    /** Of each partition; two in a hundred events have a sample where nobody has asked for more. */
    private static final long ANSWERS = 5_000;

    private static final long SAMPLES = 2_000;

    private final KafkaSettings kafka;
    private final EventFormats formats;

    DisagreementsReader(KafkaSettings kafka, EventFormats formats) {
        this.kafka = kafka;
        this.formats = formats;
    }

    /** What there is, after some seconds at most; where a topic is not there, or may not be read, there is nothing to show. */
    Disagreements read(Pair pair) {
        var found = new Disagreements(pair);
        try (var excerpt = new TopicExcerpt(kafka)) {
            EventFormats reading = formats.reading(excerpt.writers());
            excerpt.newest(Topics.SHADOW_CLASSIFICATIONS, ANSWERS, each(reading.results(), found::add));
            excerpt.newest(Topics.SCORES, ANSWERS, each(reading.scores(), found::add));
            Topic<String, Sample> samples = Topics.SAMPLES.reading(excerpt.writers());
            excerpt.newest(samples, SAMPLES, record -> samples.value(record).ifPresent(found::add));
        } catch (KafkaException e) {
            LOG.debug("Of a comparison there are no pictures", e);
        }
        return found;
    }

    private static <T extends SpecificRecord> Consumer<ConsumerRecord<byte[], byte[]>> each(
            EventSerde<T> events, Consumer<T> told) {
        return record -> {
            try {
                told.accept(events.read(record));
            } catch (UndecodableEventException e) {
                LOG.debug("Not shown: {}", e.toString());
            }
        };
    }
}
