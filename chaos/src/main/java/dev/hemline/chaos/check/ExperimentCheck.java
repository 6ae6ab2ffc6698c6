package dev.hemline.chaos.check;

import static dev.hemline.testbed.audit.StreamAudit.withoutStrangers;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.chaos.experiment.ExperimentReport;
import dev.hemline.chaos.experiment.RefereeCheck;
import dev.hemline.chaos.experiment.ShadowGaps;
import dev.hemline.chaos.experiment.Trials;
import dev.hemline.event.Classification;
import dev.hemline.event.ExperimentCounts;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.topic.EventFormats;
import dev.hemline.topic.EventIdentity;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** What became of an experiment: what challengers answered, what the referee made of it, and who served. */
final class ExperimentCheck {
    private final TopicReader reader;
    private final Duration patience;

    ExperimentCheck(TopicReader reader, Duration patience) {
        this.reader = reader;
        this.patience = patience;
    }

    /** @param badVersions that must never answer */
    ExperimentReport count(PublishedModels models, SentPictures pictures, Set<Integer> badVersions)
            throws InterruptedException {
        var wrong = new WrongOutcomes();
        var prediction = new OfflinePrediction(models, wrong);
        var outcomes = new OutcomeReading(pictures, badVersions, prediction, wrong);
        var gaps = new ShadowGaps();
        reader.readAll(Topics.IMAGE_EVENTS, patience, record -> {
            String id = EventIdentity.ofEvent(record, EventIdentity.event(record, EventFormats.DEFAULT.images()));
            if (Trials.SHARE.has(id) && pictures.picture(id).isPresent()) {
                gaps.event(record.partition(), id);
            }
        });
        reader.readAll(
                Topics.MODELS,
                patience,
                withoutStrangers(record ->
                        gaps.steering(new String(record.key(), UTF_8), Instant.ofEpochMilli(record.timestamp()))));
        reader.readAll(Topics.SHADOW_CLASSIFICATIONS, patience, withoutStrangers(record -> {
            outcomes.result(record);
            Classification answer = EventFormats.DEFAULT.results().decode(record.value());
            gaps.answer(answer);
            if (!Trials.SHARE.has(answer.getId())) {
                wrong.add(WrongOutcomes.Kind.NOT_OF_THE_SHARE, 1, answer.getId());
            }
        }));
        long predicted = prediction.compare();
        RefereeCheck referee = settled();
        var canaryResults = new AtomicLong();
        var servedUnproved = new AtomicLong();
        read(Topics.CLASSIFICATIONS, EventFormats.DEFAULT.results(), result -> {
            if (result.getCanary() && Trials.CANARY.has(result.getId())) {
                canaryResults.incrementAndGet();
            } else if (result.getCanary() || !referee.mayServe(result.getModelVersion())) {
                servedUnproved.incrementAndGet();
            }
        });
        return new ExperimentReport(
                gaps.answered(),
                gaps.missing(),
                gaps.twice(),
                wrong.counts(),
                predicted,
                referee.labels(),
                referee.countsDifference(),
                referee.decisions(),
                referee.decidedTwice(),
                referee.decidedOtherwise(),
                canaryResults.get(),
                servedUnproved.get());
    }

    /** Counts are told a second after the last label, and decided then. */
    private RefereeCheck settled() throws InterruptedException {
        new Patience(patience).await(() -> referee().agrees());
        return referee();
    }

    private RefereeCheck referee() {
        var referee = new RefereeCheck();
        read(Topics.SHADOW_CLASSIFICATIONS, EventFormats.DEFAULT.results(), referee::shadow);
        read(Topics.SCORES, EventFormats.DEFAULT.scores(), referee::score);
        read(Topics.EXPERIMENT_DECISIONS, EventSerde.of(ExperimentDecision.class), referee::decision);
        read(Topics.EXPERIMENT_COUNTS, EventSerde.of(ExperimentCounts.class), referee::counts);
        return referee;
    }

    private <T extends SpecificRecord> void read(Topic<?, ?> topic, EventSerde<T> events, Consumer<T> each) {
        reader.readAll(topic, patience, withoutStrangers(record -> each.accept(events.decode(record.value()))));
    }
}
