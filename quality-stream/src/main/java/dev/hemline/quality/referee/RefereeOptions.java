package dev.hemline.quality.referee;

import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.quality.experiment.Design;
import dev.hemline.quality.score.ScoreSettings;
import dev.hemline.service.DurationConverter;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a challenger has to show. Use as a picocli {@code @Mixin}. */
public final class RefereeOptions {
    @Option(
            names = "--alpha",
            paramLabel = "CHANCE",
            defaultValue = "0.05",
            description =
                    "Of a challenger: the chance at most that one is called better which is not, however often it is"
                            + " looked at. Default: ${DEFAULT-VALUE}")
    double alpha;

    @Option(
            names = "--margin",
            paramLabel = "SHARE",
            defaultValue = "0",
            description =
                    "Of a challenger: by how much its accuracy may be lower than the champion's, such as 0.01; with 0 it"
                            + " has to be higher. Default: ${DEFAULT-VALUE}")
    double margin;

    @Option(
            names = "--segment-margin",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "Of a challenger: by how much it may be lower in one class or for one busy source."
                    + " Default: ${DEFAULT-VALUE}")
    double segmentMargin;

    @Option(
            names = "--fewest-labels",
            paramLabel = "N",
            defaultValue = "200",
            description = "Of a challenger: labels of events that both answered before it can win."
                    + " Default: ${DEFAULT-VALUE}")
    int fewestLabels;

    @Option(
            names = "--most-labels",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Of a challenger: labels after which it has not won. Default: ${DEFAULT-VALUE}")
    int mostLabels;

    @Option(
            names = "--probation-labels",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "Labels after which a version that has won serves on, if nothing speaks against it by then. Newer"
                            + " ones wait meanwhile. Default: ${DEFAULT-VALUE}")
    int probationLabels;

    @Option(
            names = "--most-labels-of-one",
            paramLabel = "N",
            description = "Of a challenger: labels of one labeller that count in one comparison, lest one alone decide."
                    + " Default: all of them")
    @Nullable
    Integer mostLabelsOfOne;

    @Option(
            names = "--time-limit",
            paramLabel = "TIME",
            defaultValue = "14d",
            converter = DurationConverter.class,
            description =
                    "Of a challenger: after so long, such as 12h or 30d, it has not won; and one that has won serves on."
                            + " Default: ${DEFAULT-VALUE}")
    Duration timeLimit = Duration.ofDays(14);

    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            description =
                    "Of a challenger: sign with this private key what is said about a model whose policy is challenger.")
    @Nullable
    Path signingKey;

    private Optional<SigningKey> signer() {
        try {
            return signingKey == null ? Optional.empty() : Optional.of(SigningKey.read(signingKey));
        } catch (KeyFileException e) {
            throw new UserError("--signing-key: " + e.getMessage(), e);
        }
    }

    /**
     * What they say.
     *
     * @param scores that the champions keep
     * @throws IllegalArgumentException naming the flag that is wrong
     * @throws UserError if the key cannot be read
     */
    public RefereeSettings settings(ScoreSettings scores) {
        require(alpha > 0 && alpha < 1, "--alpha is more than 0 and less than 1, not " + alpha);
        require(margin >= 0 && margin < 1, "--margin is 0 to less than 1, not " + margin);
        require(
                segmentMargin >= margin && segmentMargin < 1,
                "--segment-margin is --margin, which is " + margin + ", to less than 1, not " + segmentMargin);
        require(fewestLabels >= 1, "--fewest-labels is at least 1, not " + fewestLabels);
        require(
                mostLabels >= fewestLabels,
                "--most-labels is at least --fewest-labels, which is " + fewestLabels + ", not " + mostLabels);
        require(
                mostLabelsOfOne == null || mostLabelsOfOne >= 1,
                "--most-labels-of-one is at least 1, not " + mostLabelsOfOne);
        require(probationLabels >= 1, "--probation-labels is at least 1, not " + probationLabels);
        var trial = new Design(alpha, margin, segmentMargin, fewestLabels, mostLabels, Tally.MOST_SEGMENTS);
        return new RefereeSettings(
                scores,
                new Rules(
                        trial,
                        trial.endingAfter(probationLabels),
                        timeLimit,
                        mostLabelsOfOne == null ? Rules.ALL : mostLabelsOfOne),
                signer());
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
