package dev.hemline.control.rejects;

import picocli.CommandLine.Command;

/** {@code hemline rejects}: what could not be classified. */
@Command(
        name = "rejects",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Shows what could not be classified and why, and sends it back after a fix.",
            "",
            "The classifier puts an event that it cannot classify on @|bold image-events-dlq|@, as it was received, with"
                    + " the reason in its headers. A letter there is named PARTITION@OFFSET.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  What was rejected today, and a count by reason:",
            "    hemline rejects list --since 6h",
            "  One letter: its headers, its event, its first bytes:",
            "    hemline rejects show 2@17",
            "  Send those back, now that the limit is higher:",
            "    hemline rejects replay --reason too-large"
        },
        subcommands = {ListCommand.class, ShowCommand.class, ReplayCommand.class})
public final class RejectsCommand {}
