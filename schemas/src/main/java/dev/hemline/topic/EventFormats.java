package dev.hemline.topic;

import dev.hemline.event.Classification;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.Score;
import java.util.Map;

/**
 * How images and what is said of them travel. Each is read in whatever format it comes, mixed on one topic; results and scores
 * are written in one.
 *
 * @param images on topic {@code image-events}
 * @param results on topic {@code classifications}
 * @param labels on topic {@code ground-truth}
 * @param scores on topic {@code scores}
 */
public record EventFormats(
        ImageEventReader images,
        EventSerde<Classification> results,
        EventSerde<GroundTruth> labels,
        EventSerde<Score> scores) {

    /** Written in single-object encoding; no registry is asked. */
    public static final EventFormats DEFAULT = new EventFormats(
            new ImageEventReader(),
            EventSerde.inAnyFormat(Classification.class, record -> Map.of()),
            EventSerde.inAnyFormat(GroundTruth.class, RecordContext::ofLabel),
            EventSerde.inAnyFormat(Score.class, record -> Map.of()));

    /** The same, and what travels with a schema's id is read, too. */
    public EventFormats reading(RegisteredSchemas registered) {
        return new EventFormats(
                images.reading(registered),
                results.reading(registered),
                labels.reading(registered),
                scores.reading(registered));
    }

    /** The same, and what another release wrote is read, too. */
    public EventFormats reading(WriterSchemas others) {
        return new EventFormats(
                images.reading(others), results.reading(others), labels.reading(others), scores.reading(others));
    }

    /** The same, and results and scores are written as JSON. */
    public EventFormats writingJson() {
        return new EventFormats(images, results.writingJson(), labels, scores.writingJson());
    }

    /** The same, and results and scores are written with the ids that a registry has given their schemas. */
    public EventFormats writingRegistered(int resultsSchema, int scoresSchema) {
        return new EventFormats(
                images, results.writingRegistered(resultsSchema), labels, scores.writingRegistered(scoresSchema));
    }
}
