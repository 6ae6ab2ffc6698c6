package dev.hemline.control.labellers;

import dev.hemline.event.LabellerState;
import picocli.CommandLine.Command;

/** {@code hemline labellers quarantine}. */
@Command(
        name = "quarantine",
        description =
                "Says that somebody's labels do not count any more: nothing is learnt from them, and no comparison of versions"
                        + " counts them.")
final class QuarantineCommand extends StateCommand {
    QuarantineCommand() {
        super(LabellerState.QUARANTINED, "do not count from now on");
    }
}
