package dev.hemline.control.models;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hemline models challenge}. */
@Command(
        name = "challenge",
        description =
                "Makes challengers, instances of hemline classifier --challenger, answer with one version beside the"
                        + " one that serves.")
final class ChallengeCommand extends SteeringCommand {
    @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
    int version;

    @Override
    String change(ModelAdmin admin) {
        admin.challenge(version, reason);
        return admin.model().name() + " v" + version
                + " challenges what serves; its answers are on topic shadow-classifications";
    }
}
