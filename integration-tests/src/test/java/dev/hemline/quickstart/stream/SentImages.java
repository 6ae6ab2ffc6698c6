package dev.hemline.quickstart.stream;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.producer.Summary;
import dev.hemline.service.KafkaSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.function.BooleanSupplier;

/** Sends the fixture's test images through the real producer. */
final class SentImages {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    private SentImages() {}

    static Summary send(KafkaSettings kafka, int count, double rate, double badRatio) {
        return producer(kafka, count, rate, badRatio).run(() -> false);
    }

    static Summary sendUntil(BooleanSupplier stop, KafkaSettings kafka, double rate, double badRatio) {
        return producer(kafka, 0, rate, badRatio).run(stop);
    }

    private static ImageEventProducer producer(KafkaSettings kafka, int count, double rate, double badRatio) {
        var settings = new ProducerSettings(
                rate, count, ImageEncoding.GRAY8, 7, badRatio, LabelDelivery.parse("inline"), "it");
        return new ImageEventProducer(settings, IMAGES, kafka, new SimpleMeterRegistry());
    }
}
