package dev.hemline.control.models;

import dev.hemline.model.publish.PublishedVersions;
import picocli.CommandLine.Command;

/** {@code hemline models unpin}. */
@Command(name = "unpin", description = "Makes classifiers serve the newest version again.")
final class UnpinCommand extends SteeringCommand {
    @Override
    String change(ModelAdmin admin) {
        PublishedVersions model = admin.model();
        if (model.pin().isEmpty()) {
            return "Nothing of " + model.name() + " is pinned";
        }
        admin.unpin(reason);
        return "Unpinned " + model.name() + " v" + model.pin().get().getVersion() + "; the newest version serves";
    }
}
