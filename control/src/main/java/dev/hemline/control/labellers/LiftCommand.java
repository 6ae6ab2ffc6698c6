package dev.hemline.control.labellers;

import dev.hemline.event.LabellerState;
import picocli.CommandLine.Command;

/** {@code hemline labellers lift}. */
@Command(
        name = "lift",
        description =
                "Says that somebody's labels count again, those of before as well; what was held against them is not any more,"
                        + " only what they label from now on.")
final class LiftCommand extends StateCommand {
    LiftCommand() {
        super(LabellerState.BELIEVED, "count, those of before as well");
    }
}
