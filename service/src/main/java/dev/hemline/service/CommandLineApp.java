package dev.hemline.service;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
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

    private static final Logger LOG = LoggerFactory.getLogger(CommandLineApp.class);

    private CommandLineApp() {}

    /** @return the exit code: 0, {@link #FAILED} or {@link #WRONG_USAGE} */
    public static int run(Object command, String... args) {
        return of(command, System.getenv()).execute(args);
    }

    /**
     * Runs a command that has more subcommands than it knows of itself.
     *
     * @return the exit code: 0, {@link #FAILED} or {@link #WRONG_USAGE}
     */
    public static int run(Object command, Iterable<?> subcommands, String... args) {
        CommandLine commandLine = new CommandLine(command);
        subcommands.forEach(commandLine::addSubcommand);
        return withOurManners(commandLine, System.getenv()).execute(args);
    }

    /** @param environment what to take instead of this process's own */
    public static CommandLine of(Object command, Map<String, String> environment) {
        return withOurManners(new CommandLine(command), environment);
    }

    private static CommandLine withOurManners(CommandLine commandLine, Map<String, String> environment) {
        tellVersion(commandLine);
        return commandLine
                .setDefaultValueProvider(new EnvironmentDefaults(environment))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(wrongUsage())
                .setExecutionExceptionHandler(failure());
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
                LOG.debug("{} failed", commandLine.getCommandName(), exception);
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
            LOG.error("{} failed", commandLine.getCommandName(), exception);
            return FAILED;
        };
    }

    private static void printError(CommandLine commandLine, @Nullable String message) {
        String line = String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
        commandLine.getErr().println(commandLine.getCommandName() + ": " + line);
        commandLine.getErr().flush();
    }
}
