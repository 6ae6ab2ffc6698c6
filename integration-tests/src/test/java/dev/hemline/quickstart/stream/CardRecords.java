package dev.hemline.quickstart.stream;

import dev.hemline.event.Classification;
import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.event.DriftState;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeCause;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.event.ExperimentPhase;
import dev.hemline.event.ExperimentReason;
import dev.hemline.event.ExperimentStanding;
import dev.hemline.event.MovedClass;
import dev.hemline.event.Score;
import dev.hemline.event.SegmentCounts;
import dev.hemline.event.SegmentKind;
import dev.hemline.event.UnprovedSegment;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What other programs tell, for which the live page has cards: of versions 1 and 2 of {@link TestModels}. */
final class CardRecords {
    private final KafkaSettings kafka;

    CardRecords(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /** An alarm about pictures of version 2, or its all-clear. */
    void drift(DriftState state, Instant since) throws Exception {
        Drift drift = new Drift(
                TestModels.NAME,
                2,
                "test",
                state,
                DriftKind.PICTURES,
                DriftReference.LIVE,
                "event-1",
                since,
                2_000L,
                250L,
                12.0,
                11.0,
                1.3,
                List.of(new MovedClass(8, 0.1f, 0.4f, 1.2f), new MovedClass(4, 0.1f, 0.1f, 0.8f)),
                since);
        send(Topics.DRIFT, TestModels.NAME + "/v000002/test", drift);
    }

    /** Version 1 shadows 2. */
    void experiment(Instant lookedAt, double eValue) throws Exception {
        var shirts = new SegmentCounts(SegmentKind.CLASS, "6", 2L, 1L, 40L);
        ExperimentStanding standing = new ExperimentStanding(
                TestModels.NAME,
                2,
                1,
                ExperimentPhase.TRIAL,
                20L,
                9L,
                400L,
                200,
                Math.log(eValue),
                Math.log(20),
                Math.log(1 / eValue),
                Math.log(40),
                List.of(new UnprovedSegment(shirts, Math.log(2.31))),
                null,
                lookedAt,
                lookedAt.plus(Duration.ofDays(14)),
                lookedAt);
        send(Topics.EXPERIMENTS, TestModels.NAME + "/v000001/v000002", standing);
    }

    /** That version 1 has not won in time. */
    void decision() throws Exception {
        ExperimentDecision decision = new ExperimentDecision(
                TestModels.NAME,
                1,
                2,
                ExperimentPhase.TRIAL,
                ExperimentOutcome.REJECTED,
                ExperimentReason.OUT_OF_TIME,
                null,
                Math.log(6),
                0.05,
                0d,
                0.1,
                20L,
                9L,
                400L,
                List.of(),
                List.of(),
                List.of(),
                Instant.now());
        send(Topics.EXPERIMENT_DECISIONS, TestModels.NAME, decision);
    }

    /** To every event that has a label, with another class than version 2. */
    void otherAnswers() throws Exception {
        List<Score> scores = new ArrayList<>();
        try (var reader = new TopicReader(kafka.client(Map.of()))) {
            reader.readAll(
                    Topics.SCORES,
                    Duration.ofSeconds(10),
                    record -> Topics.SCORES
                            .value(record)
                            .filter(score -> score.getModelVersion() == 2)
                            .ifPresent(scores::add));
        }
        for (Score score : scores.subList(Math.max(0, scores.size() - 50), scores.size())) {
            send(
                    Topics.SHADOW_CLASSIFICATIONS,
                    score.getId(),
                    new Classification(
                            score.getId(),
                            score.getSource(),
                            (score.getPredicted() + 1) % 10,
                            "",
                            0.1f,
                            Collections.nCopies(10, 0.1f),
                            TestModels.NAME,
                            1,
                            "0123456789ab",
                            Instant.now(),
                            Instant.now(),
                            false));
        }
    }

    /** Version 2 is wrong, and what has come of it. */
    void episode(Instant onset, EpisodeState state, EpisodeStep... steps) throws Exception {
        Episode episode = Episode.newBuilder()
                .setId(TestModels.NAME + "-v2-1")
                .setModelName(TestModels.NAME)
                .setModelVersion(2)
                .setCause(EpisodeCause.DRIFT)
                .setSource("test")
                .setOnsetAt(onset)
                .setBegunAt(onset.plusSeconds(7))
                .setLabelsWanted(200)
                .setState(state)
                .setSteps(List.of(steps))
                .setChangedAt(onset.plusSeconds(99))
                .build();
        send(Topics.EPISODES, episode.getId(), episode);
    }

    private <V> void send(Topic<String, V> topic, String key, V value) throws Exception {
        try (var producer = new KafkaProducer<>(
                kafka.client(Map.of()),
                topic.keySerde().serializer(),
                topic.valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        }
    }
}
