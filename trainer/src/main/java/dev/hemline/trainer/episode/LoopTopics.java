package dev.hemline.trainer.episode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.Drift;
import dev.hemline.event.Episode;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.Labeller;
import dev.hemline.model.publish.CatalogCollector;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.quality.drift.ToldDrifts;
import dev.hemline.quality.labeller.KnownLabellers;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.reservoir.LabelledSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What topics tell of one model that an episode hangs on: read from their beginning when it is asked for the first time, and then on from where
 * they were read to. For one thread.
 */
public final class LoopTopics implements AutoCloseable {
    /** All that it reads. */
    public static final List<Topic<?, ?>> TOPICS =
            List.of(Topics.MODELS, Topics.DRIFT, Topics.EXPERIMENT_DECISIONS, Topics.EPISODES, Topics.LABELLERS);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_DECISIONS = 1_000;
    private static final int MOST_EPISODES = 1_000;

    private final KafkaSettings kafka;
    private final String model;
    private final Optional<TrustedKeys> trusted;
    private @Nullable Told told;

    /** Connects to nothing yet. */
    public LoopTopics(KafkaSettings kafka, String model, Optional<TrustedKeys> trusted) {
        this.kafka = kafka;
        this.model = model;
        this.trusted = trusted;
    }

    /**
     * Reads on.
     *
     * @throws KafkaException if brokers do not give what is there
     */
    public void look() {
        Told open = told;
        try {
            if (open == null) {
                open = new Told(new TopicReader(kafka.client(Map.of())));
                told = open;
                open.reader.fromBeginning(TOPICS);
            }
            open.reader.readTo(open.reader.stableEnds(TOPICS), PATIENCE, open::take);
        } catch (KafkaException e) {
            close();
            throw e;
        }
    }

    /** As of the last look. */
    public Situation situation(List<LabelledSample> labelled, Instant now) {
        Told known = known();
        return new Situation(
                known.models.result().of(model), known.drifts.all(), List.copyOf(known.decisions), labelled, now);
    }

    /** The newest that was told of each episode of this model, as of the last look. */
    public Collection<Episode> episodes() {
        return List.copyOf(known().episodes.values());
    }

    /** Whose labels are believed, as of the last look. */
    public KnownLabellers labellers() {
        return known().labellers;
    }

    /** Which pictures looked as the version knows them that answered them, as of the last look. */
    public Undisturbed undisturbed(Instant now) {
        return new Undisturbed(known().models.result().of(model), known().drifts.all(), episodes(), now);
    }

    private Told known() {
        Told known = told;
        if (known == null) {
            throw new IllegalStateException("nobody has looked yet");
        }
        return known;
    }

    @Override
    public void close() {
        if (told != null) {
            told.reader.close();
            told = null;
        }
    }

    /** What one reader has read. */
    private final class Told {
        final TopicReader reader;
        final CatalogCollector models;
        final ToldDrifts drifts = new ToldDrifts();
        final List<ExperimentDecision> decisions = new ArrayList<>();
        final Map<String, Episode> episodes = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Episode> eldest) {
                return size() > MOST_EPISODES;
            }
        };
        final KnownLabellers labellers = new KnownLabellers();
        private final Topic<String, Labeller> labellerTopic;
        private final Topic<String, Drift> driftTopic;
        private final Topic<String, ExperimentDecision> decisionTopic;
        private final Topic<String, Episode> episodeTopic;

        Told(TopicReader reader) {
            this.reader = reader;
            models = new CatalogCollector(trusted, reader.writers());
            driftTopic = Topics.DRIFT.reading(reader.writers());
            decisionTopic = Topics.EXPERIMENT_DECISIONS.reading(reader.writers());
            labellerTopic = Topics.LABELLERS.reading(reader.writers());
            episodeTopic = Topics.EPISODES.reading(reader.writers());
        }

        void take(ConsumerRecord<byte[], byte[]> record) {
            if (record.topic().equals(Topics.MODELS.name())) {
                models.add(record);
            } else if (record.topic().equals(Topics.DRIFT.name())) {
                driftTopic.value(record).ifPresent(drifts::add);
            } else if (record.topic().equals(Topics.EPISODES.name())) {
                episodeTopic
                        .value(record)
                        .filter(episode -> EventChecks.fault(episode).isEmpty()
                                && episode.getModelName().equals(model))
                        .ifPresent(episode -> episodes.put(episode.getId(), episode));
            } else if (record.topic().equals(Topics.LABELLERS.name())) {
                labeller(record);
            } else {
                decisionTopic
                        .value(record)
                        .filter(decision -> decision.getModelName().equals(model))
                        .ifPresent(this::decided);
            }
        }

        private void labeller(ConsumerRecord<byte[], byte[]> record) {
            String name = new String(Objects.requireNonNullElse(record.key(), new byte[0]), UTF_8);
            if (record.value() == null) {
                labellers.add(name, null);
            } else {
                labellerTopic.value(record).ifPresent(labeller -> labellers.add(name, labeller));
            }
        }

        private void decided(ExperimentDecision decision) {
            decisions.add(decision);
            if (decisions.size() > MOST_DECISIONS) {
                decisions.remove(0);
            }
        }
    }
}
