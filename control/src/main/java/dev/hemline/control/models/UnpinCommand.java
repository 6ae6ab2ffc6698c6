package dev.hemline.control.models;

import dev.hemline.control.keys.SigningKeyOption;
import dev.hemline.model.publish.PublishedVersions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code hemline models unpin}. */
@Command(name = "unpin", description = "Makes classifiers serve the newest version again.")
final class UnpinCommand extends ModelCommand {
    @Mixin
    SigningKeyOption signingKey = new SigningKeyOption();

    @Override
    public Integer call() {
        try (ModelAdmin admin = admin(signingKey)) {
            PublishedVersions model = admin.model();
            if (model.pin().isEmpty()) {
                say("Nothing of " + model.name() + " is pinned");
                return 0;
            }
            admin.unpin();
            say("Unpinned " + model.name() + " v" + model.pin().get().getVersion() + "; the newest version serves");
            return 0;
        }
    }
}
