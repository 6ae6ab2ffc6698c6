package dev.hemline.quality;

import dev.hemline.quality.drift.DriftDetection;
import dev.hemline.quality.drift.DriftSettings;
import dev.hemline.quality.request.LabelRequests;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.service.DurationConverter;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of scoring, and where it keeps its state. Use as a picocli {@code @Mixin}. */
public final class ScoringOptions {
    @Option(
            names = "--label-window",
            paramLabel = "TIME",
            defaultValue = "24h",
            converter = DurationConverter.class,
            description = "How long a result waits for its label, and a label for its result, such as 30m or 7d."
                    + " Default: ${DEFAULT-VALUE}")
    Duration labelWindow = Duration.ofHours(24);

    @Option(names = "--no-scores", description = "Only classify, and leave labels and scores to other instances.")
    boolean noScores;

    @Option(
            names = "--no-drift",
            description =
                    "Do not notice, without labels, that results have changed: those of this instance's partitions are"
                            + " not watched then.")
    boolean noDrift;

    @Option(
            names = "--false-alarms",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How many alarms of changed pictures may come of a million results, on average, while nothing changes:"
                            + " fewer come later. Default: ${DEFAULT-VALUE}")
    double falseAlarms = 1;

    @Option(
            names = "--label-requests",
            paramLabel = "N",
            defaultValue = "" + LabelRequests.DEFAULT_PER_MINUTE,
            description =
                    "Labels to ask for on topic label-requests, a minute and over all instances, half of them by lot"
                            + " and half where the model is unsure; 0 for none. Default: ${DEFAULT-VALUE}")
    int labelRequests;

    @Option(
            names = "--advertised-http",
            paramLabel = "HOST[:PORT]",
            description = "Where other instances find this one's scores. Default: --http-host, or this machine's name"
                    + " where that is 0.0.0.0, and the port in use")
    @Nullable
    String advertisedHttp;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.local/state/hemline",
            description =
                    "Where scores keep local state, each instance in a folder of its own. What is lost is restored"
                            + " from Kafka. Default: ${DEFAULT-VALUE}")
    Path stateFolder = Path.of(System.getProperty("user.home"), ".local", "state", "hemline");

    /** Where local state is kept. */
    public Path stateFolder() {
        return stateFolder;
    }

    /**
     * What they say.
     *
     * @param classifierId the application id of the classifiers beside whom it works
     * @throws IllegalArgumentException if the window makes no sense
     */
    public ScoreSettings settings(KafkaSettings kafka, String classifierId) {
        return new ScoreSettings(kafka, classifierId, labelWindow, !noDrift, stateFolder);
    }

    /**
     * How drift is looked for.
     *
     * @param classifierId the application id of the classifiers beside whom it is
     * @throws IllegalArgumentException if nobody can keep to so few false alarms
     */
    public DriftSettings drift(KafkaSettings kafka, String classifierId) {
        return new DriftSettings(kafka, classifierId, stateFolder, falseAlarms);
    }

    /** How many labels are asked for a minute. */
    public int labelRequests() {
        return noScores ? 0 : labelRequests;
    }

    /** The same, and asked for by the address at which other instances find it. */
    public HttpSettings reachable(HttpSettings http) {
        return advertisedHttp == null ? http : http.knownAs(AdvertisedHttp.host(advertisedHttp));
    }

    /** Starts to look for drift unless that is left to others. */
    public void start(DriftDetection drift) {
        if (!noDrift) {
            drift.start();
        }
    }

    /**
     * Starts scoring, and asking for labels, unless they are left to others.
     *
     * @param port that the server of this instance listens on
     */
    public void start(Scoring scoring, LabelRequests requests, HttpSettings http, int port) {
        if (!noScores) {
            scoring.start(AdvertisedHttp.of(advertisedHttp, http, port));
            requests.start(AdvertisedHttp.of(advertisedHttp, http, port));
        }
    }
}
