package dev.hemline.quickstart.demo;

import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a demo does.
 *
 * @param length how long images are sent; empty until asked to stop
 * @param rate image events per second
 * @param badRatio share of bad events, 0 to 1
 * @param labels when the true labels become known
 * @param data folder of the dataset; empty to search for it
 * @param pretrained a model to begin with; empty to wait for the trainer's first
 * @param folder where everything is kept; empty for a temporary one
 * @param port the broker's; the classifier and the trainer answer on the next two; 0 for any free ones
 * @param json where the summary is written to, if anywhere
 * @param open whether the live page is opened in a browser
 */
record DemoSettings(
        Optional<Duration> length,
        double rate,
        double badRatio,
        LabelDelivery labels,
        Optional<Path> data,
        Optional<PretrainedModel> pretrained,
        Optional<Path> folder,
        int port,
        Optional<Path> json,
        boolean open) {

    private static final int HIGHEST_PORT = 65_533;

    DemoSettings {
        if (length.isPresent() && length.get().compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException(
                    "--seconds is at least 1, not " + length.get().toSeconds());
        }
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port is 0 to " + HIGHEST_PORT + ", not " + port);
        }
        // Whatever else is wrong with the rate or the ratio, the producer says.
        producer(rate, badRatio, labels);
    }

    /** How the producer of this demo works. */
    ProducerSettings producer() {
        return producer(rate, badRatio, labels);
    }

    private static ProducerSettings producer(double rate, double badRatio, LabelDelivery labels) {
        return new ProducerSettings(rate, 0, ImageEncoding.GRAY8, 1, badRatio, labels, "demo");
    }
}
