package dev.hemline.control.models;

import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hemline models show}. */
@Command(name = "show", description = "Shows everything that is known about one version.")
final class ShowCommand extends ModelCommand {
    @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
    int version;

    @Override
    public Integer call() {
        PublishedVersions model = published().choose(name());
        PublishedVersion shown = PublishedModels.require(model, version);
        VersionRow row = VersionRow.of(model, shown, published().reports());
        say(new VersionText(ZoneId.systemDefault()).page(shown, row));
        return 0;
    }
}
