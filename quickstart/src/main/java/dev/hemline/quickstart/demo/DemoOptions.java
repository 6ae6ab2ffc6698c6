package dev.hemline.quickstart.demo;

import dev.hemline.control.models.PolicyName;
import dev.hemline.control.models.PolicyTerms;
import dev.hemline.event.ServingPolicy;
import dev.hemline.producer.DriftOption;
import dev.hemline.producer.ImageEncoding;
import dev.hemline.producer.LabelDelivery;
import dev.hemline.producer.ProducerSettings;
import dev.hemline.quickstart.demo.season.Season;
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
    private static final String USUAL_LABELS = "late:2";
    private static final Path USUAL_MODEL =
            Path.of(System.getProperty("hemline.home", ".")).resolve("reference-models/tiny");
    private static final Duration ANSWERED_AFTER = Duration.ofSeconds(5);
    private static final double MISTAKES = 0.03;

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
            defaultValue = USUAL_LABELS,
            description =
                    "When the true labels become known: none, inline (in the image event, not scored by the"
                            + " classifier), late:SECONDS, or requested:SECONDS[:MISTAKES] after they were asked for. Default: ${DEFAULT-VALUE}")
    String labels = USUAL_LABELS;

    @Mixin
    DriftOption drift = new DriftOption();

    @Option(
            names = "--season",
            paramLabel = "KIND[:STRENGTH][,...]",
            description = {
                "A minute in which nothing is wrong, then pictures change, and the system notices, asks for labels, refreshes its model,"
                        + " proves it and serves it, by itself. A simulated person answers after 5 seconds, 3 %% of answers"
                        + " wrong. It is over when accuracy is back, or --seconds are. Several changes follow one another. Kinds:",
                "brighter, darker, noise, blur, rotate, invert, shift, zoom, flip, jpeg, with strengths as --drift has them, but rotate:30;"
                        + " random for one of these, back for pictures as they were"
            })
    @Nullable
    String season;

    /** Some kinds are drawn by lot, once. */
    private @Nullable Season drawn;

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
        if (season != null) {
            requireRoomForSeason();
        }
        // Whatever else is wrong, producer and model say.
        producer();
        pretrained();
    }

    private void requireRoomForSeason() {
        boolean other = !drift.drifts().isEmpty() || !labels.equals(USUAL_LABELS) || policy != ServingPolicy.IMMEDIATE;
        if (other) {
            throw new IllegalArgumentException("--season says itself what --drift, --labels and --policy are");
        }
        if (folder != null) {
            throw new IllegalArgumentException("--season begins anew each time, so it does not go with --dir");
        }
    }

    /** How pictures change and are mended; empty where nobody asked for that. */
    Optional<Season> season() {
        if (season != null && drawn == null) {
            drawn = Season.parse(season, length(season));
        }
        return Optional.ofNullable(drawn);
    }

    /** How long images are sent; empty until asked to stop. */
    Optional<Duration> length() {
        return Optional.ofNullable(season)
                .map(this::length)
                .or(() -> Optional.ofNullable(seconds).map(Duration::ofSeconds));
    }

    private Duration length(String kinds) {
        return seconds == null ? Season.usualLength(kinds) : Duration.ofSeconds(seconds);
    }

    /** Who decides which version serves. */
    ServingPolicy policy() {
        return season == null ? policy : ServingPolicy.CHALLENGER;
    }

    /** What is said of who decides. */
    PolicyTerms terms() {
        var terms = PolicyTerms.of(policy());
        return season == null
                ? terms
                : terms.refreshing(DemoSeason.LABELS, DemoSeason.EPISODES_PER_DAY, DemoSeason.COOLDOWN);
    }

    /**
     * A model to begin with; empty to wait for the trainer's first.
     *
     * @throws UserError if it cannot be read
     */
    Optional<PretrainedModel> pretrained() {
        return Optional.ofNullable(pretrained == null && season != null ? USUAL_MODEL : pretrained)
                .map(PretrainedModel::read);
    }

    /** How the producer of this demo works. */
    ProducerSettings producer() {
        return new ProducerSettings(
                rate,
                0,
                ImageEncoding.GRAY8,
                1,
                badRatio,
                season == null ? LabelDelivery.parse(labels) : new LabelDelivery.Requested(ANSWERED_AFTER, MISTAKES),
                "demo",
                Optional.empty(),
                season().map(Season::drifts).orElseGet(drift::drifts));
    }
}
