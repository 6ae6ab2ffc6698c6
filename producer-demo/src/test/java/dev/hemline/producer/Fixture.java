package dev.hemline.producer;

import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import java.util.Optional;
import java.util.stream.Stream;

/** The images that tests send: 200 real ones. */
final class Fixture {

    static final LabelledImages IMAGES = FashionMnistFixture.load().test();

    static final ProducerSettings SETTINGS =
            new ProducerSettings(0, 100, ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "test");

    private Fixture() {}

    static ProducerSettings withCount(long count) {
        return new ProducerSettings(0, count, ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "test");
    }

    static ProducerSettings withRate(double rate, long count) {
        return new ProducerSettings(rate, count, ImageEncoding.GRAY8, 1, 0, new LabelDelivery.None(), "test");
    }

    static ProducerSettings withLabels(String labels) {
        return new ProducerSettings(100, 10, ImageEncoding.GRAY8, 1, 0, LabelDelivery.parse(labels), "test");
    }

    static ProducerSettings withBadRatio(double badRatio, long seed) {
        return new ProducerSettings(0, 100, ImageEncoding.PNG, seed, badRatio, new LabelDelivery.None(), "test");
    }

    static ProducerSettings withDrifts(double badRatio, String... drifts) {
        return new ProducerSettings(
                0,
                100,
                ImageEncoding.GRAY8,
                1,
                badRatio,
                new LabelDelivery.None(),
                "test",
                Optional.empty(),
                Stream.of(drifts).map(Drift::parse).toList());
    }
}
