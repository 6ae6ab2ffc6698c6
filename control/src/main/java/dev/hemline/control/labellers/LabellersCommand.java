package dev.hemline.control.labellers;

import picocli.CommandLine.Command;

/** {@code hemline labellers} and its commands. */
@Command(
        name = "labellers",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Shows whose labels are not believed, and says whose are.",
            "",
            "A trainer puts a labeller in quarantine whose labels do not agree with what is known otherwise: nothing is"
                    + " learnt from them any more, and no comparison of versions counts them. It may be wrong; a person has"
                    + " the last word. Scores count everybody's labels all the same.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  hemline labellers list",
            "  hemline labellers lift anna --reason \"the model is wrong about boots\"",
            "  hemline labellers quarantine desk-3 --reason \"keys were swapped\""
        },
        subcommands = {ListCommand.class, QuarantineCommand.class, LiftCommand.class})
public final class LabellersCommand {}
