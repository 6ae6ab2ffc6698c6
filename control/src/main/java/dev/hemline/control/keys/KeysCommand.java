package dev.hemline.control.keys;

import picocli.CommandLine.Command;

/** {@code hemline keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Makes and shows keys that models are signed with.",
            "",
            "A TorchScript model is a program. Whoever may write to topic models decides what classifiers run, unless"
                    + " they are told whose models to take: trainers get the private key, classifiers the public one.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        subcommands = {GenerateKeysCommand.class, ShowKeyCommand.class})
public final class KeysCommand {}
