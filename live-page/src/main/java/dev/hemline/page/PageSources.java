package dev.hemline.page;

import dev.hemline.classifier.lifecycle.ModelStore;
import dev.hemline.event.ModelManifest;
import dev.hemline.quality.accuracy.AccuracyReport;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.quality.request.RequestedAccuracy;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.EventFormats;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the page's figures come from.
 *
 * @param formats how images and what is said of them are read
 * @param figures of this instance
 * @param models on their topic, for the page's thread alone
 * @param serving what serves now, if anything does yet
 * @param names of classes
 * @param accuracy over all instances; may take some seconds
 * @param requested the same by labels that were asked for by lot
 * @param drifts what was told of changed results, of all versions; throws a {@code KafkaException} if that is not known
 */
public record PageSources(
        KafkaSettings kafka,
        EventFormats formats,
        InstanceFigures figures,
        ModelStore models,
        Supplier<Optional<ModelManifest>> serving,
        LabelNames names,
        Supplier<Optional<AccuracyReport>> accuracy,
        Supplier<List<RequestedAccuracy>> requested,
        Supplier<List<Told>> drifts) {}
