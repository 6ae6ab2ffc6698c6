package dev.hemline.service;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Runs a picocli command the way every app of ours behaves: a flag not given is taken from the environment
 * ({@code --bootstrap-servers} from {@code HEMLINE_BOOTSTRAP_SERVERS}), then from its default; what a person did wrong
 * is one line on standard error.
 */
public final class CommandLineApp {
    /** Something went wrong while running. */
    public static final int FAILED = 1;
    /** The command line itself is wrong. */
    public static final int WRONG_USAGE = 2;

    private CommandLineApp() {}

    /** @return the exit code: 0, {@link #FAILED} or {@link #WRONG_USAGE} */
    public static int run(Object command, String... args) {
        return of(command, System.getenv()).execute(args);
    }

    /** @param environment what to take instead of this process's own */
    public static CommandLine of(Object command, Map<String, String> environment) {
        return withOurManners(new CommandLine(command), environment);
    }

    /**
     * A command with subcommands of which only those are built that its arguments name: reading the annotations of all
     * takes longer than many a command runs. Of the others there is what the command's help page tells.
     *
     * @param subcommands classes annotated as picocli's commands
     * @param args what the command will be executed with
     */
    public static CommandLine of(
            Object command, List<Class<?>> subcommands, Map<String, String> environment, String... args) {
        var commandLine = new CommandLine(command);
        boolean anyNamed = Arrays.stream(args).anyMatch(arg -> arg.startsWith("@")); // a file with more arguments
        for (Class<?> subcommand : subcommands) {
            Command page = subcommand.getAnnotation(Command.class);
            boolean named = anyNamed || List.of(args).contains(page.name());
            commandLine.addSubcommand(page.name(), named ? subcommand : entry(page));
        }
        return withOurManners(commandLine, environment);
    }

    private static CommandSpec entry(Command page) {
        CommandSpec entry = CommandSpec.create().name(page.name());
        entry.usageMessage()
                .header(page.header())
                .description(page.description())
                .hidden(page.hidden());
        return entry;
    }

    private static CommandLine withOurManners(CommandLine commandLine, Map<String, String> environment) {
        tellVersion(commandLine);
        return commandLine
                .setDefaultValueProvider(argument ->
                        argument instanceof OptionSpec option ? environment.get(variable(option.longestName())) : null)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(wrongUsage())
                .setExecutionExceptionHandler(failure());
    }

    private static String variable(String flag) {
        return "HEMLINE_" + flag.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The version that the jars were built as, for a command and its subcommands. */
    private static void tellVersion(CommandLine commandLine) {
        String built = CommandLineApp.class.getPackage().getImplementationVersion();
        commandLine.getCommandSpec().version("hemline " + (built == null ? "(not from a jar)" : built));
        commandLine.getSubcommands().values().forEach(CommandLineApp::tellVersion);
    }

    private static IParameterExceptionHandler wrongUsage() {
        return (exception, args) -> {
            printError(exception.getCommandLine(), exception.getMessage() + " (try --help)");
            return WRONG_USAGE;
        };
    }

    private static IExecutionExceptionHandler failure() {
        return (exception, commandLine, parsed) -> {
            Optional<String> refused = KafkaRefusal.of(exception, commandLine.getCommandSpec());
            if (refused.isPresent()) {
                log().debug("{} failed", commandLine.getCommandName(), exception);
                printError(commandLine, refused.get());
                return FAILED;
            }
            if (exception instanceof UserError) {
                printError(commandLine, exception.getMessage());
                return FAILED;
            }
            if (exception instanceof IllegalArgumentException || exception instanceof ParameterException) {
                printError(commandLine, exception.getMessage() + " (try --help)");
                return WRONG_USAGE;
            }
            Optional<String> refusal = KafkaProblem.refusal(exception);
            if (refusal.isPresent()) {
                printError(commandLine, refusal.get());
                return FAILED;
            }
            log().error("{} failed", commandLine.getCommandName(), exception);
            return FAILED;
        };
    }

    /** Not a constant: setting up logging takes as long as a whole page of help. */
    private static Logger log() {
        return LoggerFactory.getLogger(CommandLineApp.class);
    }

    private static void printError(CommandLine commandLine, @Nullable String message) {
        String line = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
        commandLine.getErr().println(commandLine.getCommandName() + ": " + line);
        commandLine.getErr().flush();
    }
}
