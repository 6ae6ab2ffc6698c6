package dev.hemline.control.models;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hemline models retire}. */
@Command(
        name = "retire",
        description = "Takes a version off the topic for good; where it served, the newest remaining one does.")
final class RetireCommand extends ChangeCommand {
    @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
    int version;

    @Override
    String change(ModelAdmin admin) {
        admin.retire(version);
        return "Retired " + admin.model().name() + " v" + version + "; its number is never used again";
    }
}
