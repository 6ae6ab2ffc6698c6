package dev.hemline.control.models;

import dev.hemline.control.publish.PublishCommand;
import picocli.CommandLine.Command;

/** {@code hemline models} and its commands. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Shows which versions of a model there are and who serves them, and says which one is to serve, and which is to"
                    + " be tried out beside it.",
            "",
            "Everything is read from and written to topics; running classifiers follow within two seconds.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  hemline models list",
            "  hemline models pin 3 --reason \"v4 takes coats for shirts\"",
            "  hemline models publish resnet.pt --model clothes --labels labels.txt \\",
            "      --input 3x64x64"
        },
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            PinCommand.class,
            UnpinCommand.class,
            RollbackCommand.class,
            PolicyCommand.class,
            ChallengeCommand.class,
            ExperimentsCommand.class,
            PromoteCommand.class,
            RejectCommand.class,
            RetireCommand.class,
            PublishCommand.class
        })
public final class ModelsCommand {}
