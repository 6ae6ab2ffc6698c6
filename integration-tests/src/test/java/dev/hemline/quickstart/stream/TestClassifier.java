package dev.hemline.quickstart.stream;

import dev.hemline.classifier.Classifier;
import dev.hemline.classifier.ClassifierSettings;
import dev.hemline.classifier.ClassifierSettings.Delivery;
import dev.hemline.classifier.challenger.Role;
import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.fetch.PictureStores;
import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.image.ImageLimits;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.EventFormats;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Optional;

/** A classifier with the settings it has in production, in this JVM. */
final class TestClassifier implements AutoCloseable {
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Classifier classifier;

    private TestClassifier(
            KafkaSettings kafka,
            String applicationId,
            Admission admission,
            Delivery delivery,
            Path folder,
            ImageLimits images,
            ModelLoader loader,
            PictureStores stores,
            Runnable ended) {
        this(
                new ClassifierSettings(
                        kafka,
                        Role.CHAMPION,
                        0,
                        applicationId,
                        Optional.empty(),
                        admission,
                        delivery,
                        2,
                        new EngineSettings(1, 128),
                        images,
                        0.02,
                        folder.resolve("state")),
                loader,
                stores,
                ended);
    }

    private TestClassifier(ClassifierSettings settings, ModelLoader loader, PictureStores stores, Runnable ended) {
        TorchEngine.start(1);
        classifier = new Classifier(
                settings, loader, EventFormats.DEFAULT, stores, metrics, ClassifierListener.NONE, Tracing.OFF);
        classifier.start(ended);
    }

    /** One that answers a share of events beside the classifiers of that application. */
    static TestClassifier challenge(KafkaSettings kafka, String applicationId, double share, Path folder) {
        return new TestClassifier(
                new ClassifierSettings(
                        kafka,
                        Role.CHALLENGER,
                        share,
                        Role.CHALLENGER.applicationId(applicationId),
                        Optional.empty(),
                        Admission.OPEN,
                        Delivery.EXACTLY_ONCE,
                        2,
                        new EngineSettings(1, 128),
                        ImageLimits.DEFAULT,
                        0,
                        folder.resolve("state-of-challenger")),
                new DjlModelLoader(),
                PictureStores.none(),
                () -> {});
    }

    static TestClassifier start(KafkaSettings kafka, String applicationId, Path folder) {
        return start(kafka, applicationId, folder, ImageLimits.DEFAULT);
    }

    static TestClassifier start(KafkaSettings kafka, String applicationId, Path folder, ImageLimits images) {
        return start(kafka, applicationId, folder, images, new DjlModelLoader(), () -> {});
    }

    static TestClassifier start(KafkaSettings kafka, String applicationId, Path folder, PictureStores stores) {
        return new TestClassifier(
                kafka,
                applicationId,
                Admission.OPEN,
                Delivery.EXACTLY_ONCE,
                folder,
                ImageLimits.DEFAULT,
                new DjlModelLoader(),
                stores,
                () -> {});
    }

    static TestClassifier start(
            KafkaSettings kafka,
            String applicationId,
            Path folder,
            ImageLimits images,
            ModelLoader loader,
            Runnable ended) {
        return new TestClassifier(
                kafka,
                applicationId,
                Admission.OPEN,
                Delivery.EXACTLY_ONCE,
                folder,
                images,
                loader,
                PictureStores.none(),
                ended);
    }

    static TestClassifier start(KafkaSettings kafka, String applicationId, Admission admission, Path folder) {
        return new TestClassifier(
                kafka,
                applicationId,
                admission,
                Delivery.EXACTLY_ONCE,
                folder,
                ImageLimits.DEFAULT,
                new DjlModelLoader(),
                PictureStores.none(),
                () -> {});
    }

    static TestClassifier start(KafkaSettings kafka, String applicationId, Delivery delivery, Path folder) {
        return new TestClassifier(
                kafka,
                applicationId,
                Admission.OPEN,
                delivery,
                folder,
                ImageLimits.DEFAULT,
                new DjlModelLoader(),
                PictureStores.none(),
                () -> {});
    }

    double count(String counter) {
        return metrics.find(counter).counters().stream()
                .mapToDouble(one -> one.count())
                .sum();
    }

    double misses() {
        return metrics.get("hemline.lookahead.misses").functionCounter().count();
    }

    @Override
    public void close() {
        classifier.close();
        classifier.rethrowFailure();
    }
}
