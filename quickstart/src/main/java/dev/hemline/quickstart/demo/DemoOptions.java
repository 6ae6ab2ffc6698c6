package dev.hemline.quickstart.demo;

import dev.hemline.control.models.PolicyName;
import dev.hemline.event.ServingPolicy;
import dev.hemline.producer.DriftOption;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a demo does. Use as a picocli {@code @Mixin}. */
final class DemoOptions {
    private static final int HIGHEST_PORT = 65_533;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "Send images for so long, then end. Default: until Ctrl-C")
    @Nullable
    Long seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Image events per second, 0 for as fast as it goes. Default: ${DEFAULT-VALUE}")
    double rate;

    @Option(
            names = "--bad-ratio",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description = "Share of malformed events, 0 to 1, of several kinds in turn. Default: ${DEFAULT-VALUE}")
    double badRatio;

    @Option(
            names = "--labels",
            paramLabel = "WHEN",
            defaultValue = "late:2",
            description =
                    "When the true labels become known: none, inline (in the image event, not scored by the"
                            + " classifier), late:SECONDS, or requested:SECONDS after they were asked for. Default: ${DEFAULT-VALUE}")
    String labels = "late:2";

    @Mixin
    DriftOption drift = new DriftOption();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with the four files of Fashion-MNIST or a set like it, .gz or not. Default:"
                    + " Fashion-MNIST, found on this machine or fetched")
    @Nullable
    Path data;

    @Option(
            names = "--pretrained",
            arity = "0..1",
            paramLabel = "DIR",
            fallbackValue = "${sys:hemline.home:-.}/reference-models/tiny",
            description =
                    "Begin with a model that was trained before, so that results come at once: reference-models/tiny,"
                            + " or the model in this folder. Training goes on beside it, and publishes what is not worse.")
    @Nullable
    Path pretrained;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            defaultValue = "immediate",
            converter = PolicyName.class,
            description =
                    "Who decides which version serves, once there is a first one. immediate: a new one does at once."
                            + " challenger: it has to win on live images first, beside what serves, in one more process. manual: you,"
                            + " with hemline models. Default: ${DEFAULT-VALUE}")
    ServingPolicy policy = ServingPolicy.IMMEDIATE;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep events, models and logs here, and go on with what is there."
                    + " Default: a temporary folder, removed at the end")
    @Nullable
    Path folder;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description =
                    "The broker's port; the next ones are for the metrics of classifier, trainer and, if any, challenger. 0 for any"
                            + " free ones. Default: ${DEFAULT-VALUE}")
    int port;

    @Option(names = "--open", description = "Open the classifier's live page in the browser.")
    boolean open;

    /** @throws IllegalArgumentException naming the flag that is wrong */
    void require() {
        if (seconds != null && seconds <= 0) {
            throw new IllegalArgumentException("--seconds is at least 1, not " + seconds);
        }
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port is 0 to " + HIGHEST_PORT + ", not " + port);
        }
        // Whatever else is wrong, producer and model say.
        producer();
        pretrained();
    }

    /** How long images are sent; empty until asked to stop. */
    Optional<Duration> length() {
        return Optional.ofNullable(seconds).map(Duration::ofSeconds);
    }

    /**
     * A model to begin with; empty to wait for the trainer's first.
     *
     * @throws UserError if it cannot be read
     */
    Optional<PretrainedModel> pretrained() {
        return Optional.ofNullable(pretrained).map(PretrainedModel::read);
    }

    /** How the producer of this demo works. */
    ProducerSettings producer() {
        return new ProducerSettings(
                rate,
                0,
                ImageEncoding.GRAY8,
                1,
                badRatio,
                LabelDelivery.parse(labels),
                "demo",
                Optional.empty(),
                drift.drifts());
    }
}
