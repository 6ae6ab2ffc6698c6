package dev.hemline.control.models;

import dev.hemline.event.ModelState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hemline models pin}. */
@Command(
        name = "pin",
        description = "Makes classifiers serve one version until it is unpinned, whatever is published meanwhile.")
final class PinCommand extends SteeringCommand {
    @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
    int version;

    @Override
    String change(ModelAdmin admin) {
        admin.pin(version, reason);
        String model = admin.model().name();
        published()
                .reports()
                .of(ModelState.REFUSED, model, version)
                .forEach(refusal -> say("Mind: " + refusal.getInstance() + " refused v" + version + " ("
                        + refusal.getReason() + ") and goes on with what it serves"));
        return "Pinned " + model + " v" + version;
    }
}
