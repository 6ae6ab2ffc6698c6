package dev.hemline.control.topics;

import picocli.CommandLine.Command;

/** {@code hemline topics}. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Sees to the topics that all of Hemline uses.",
            "",
            "Apps make the topics they miss by themselves. This is for brokers where they may not, and for whoever wants"
                    + " all of them to be there before the first app starts.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        subcommands = CreateCommand.class)
public final class TopicsCommand {}
