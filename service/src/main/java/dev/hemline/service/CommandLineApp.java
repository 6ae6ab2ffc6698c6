package dev.hemline.service;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a picocli command the way every app of ours behaves: a flag not given is taken from the environment
 * ({@code --bootstrap-servers} from {@code HEMLINE_BOOTSTRAP_SERVERS}) unless it is empty there, then from its default; what a
 * person did wrong is one line on standard error.
 */
public final class CommandLineApp {
    /** Something went wrong while running. */
    public static final int FAILED = 1;
    /** The command line itself is wrong. */
    public static final int WRONG_USAGE = 2;

    private static final String PREFIX = "HEMLINE_";
    private static final Pattern KUBERNETES_ADDRESS = Pattern.compile("(tcp|udp|sctp)://[^/]*:\\d+");
    private static final Map<String, String> SWITCHES =
            Map.of("1", "true", "yes", "true", "on", "true", "0", "false", "no", "false", "off", "false");
    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z0-9-]*");

    private CommandLineApp() {}

    /** @return the exit code: 0, {@link #FAILED} or {@link #WRONG_USAGE} */
    public static int run(Object command, String... args) {
        writeFiguresAlike();
        return of(command, System.getenv()).execute(args);
    }

    /** Figures and words have the same form on every machine, whatever language its owner speaks. */
    public static void writeFiguresAlike() {
        Locale.setDefault(Locale.ROOT);
    }

    /** Java has "?" for who is on no list of users, as in containers; files of his would come into a folder of that name. */
    private static void findHome(Map<String, String> environment) {
        if (!Path.of(System.getProperty("user.home", "")).isAbsolute()) {
            Path home = Path.of(environment.getOrDefault("HOME", "")).toAbsolutePath();
            System.setProperty("user.home", home.toString());
        }
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
        findHome(environment);
        tellVersion(commandLine);
        return commandLine
                .setDefaultValueProvider(
                        argument -> argument instanceof OptionSpec option ? said(environment, option) : null)
                .setColorScheme(Help.defaultColorScheme(Terminal.present() ? Ansi.AUTO : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionStrategy(parsed -> {
                    List<CommandLine> commands = parsed.asCommandLineList();
                    tellOfMisspelled(environment, commands.get(commands.size() - 1));
                    return new RunLast().execute(parsed);
                })
                .setParameterExceptionHandler(wrongUsage(environment))
                .setExecutionExceptionHandler(failure(environment));
    }

    private static String variable(String flag) {
        return PREFIX + flag.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * What the environment says about a flag; null where that is nothing. Images carry their version in HEMLINE_VERSION, and
     * pods the addresses of services (HEMLINE_HTTP_PORT=tcp://10.0.0.7:80 of one called hemline-http).
     */
    private static @Nullable String said(Map<String, String> environment, OptionSpec option) {
        String value =
                environment.getOrDefault(variable(option.longestName()), "").strip();
        if (value.isEmpty()
                || option.usageHelp()
                || option.versionHelp()
                || KUBERNETES_ADDRESS.matcher(value).matches()) {
            return null;
        }
        return option.arity().max() == 0 ? SWITCHES.getOrDefault(value.toLowerCase(Locale.ROOT), value) : value;
    }

    /** A variable that is spelled a little differently than a flag would do nothing, without a word. */
    private static void tellOfMisspelled(Map<String, String> environment, CommandLine command) {
        List<String> flags = command.getCommandSpec().options().stream()
                .map(option -> variable(option.longestName()).substring(PREFIX.length()))
                .toList();
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .filter(name -> !flags.contains(name))
                .sorted()
                .forEach(name -> Texts.closest(name, flags)
                        .ifPresent(flag -> printError(
                                command,
                                PREFIX + name + " in the environment says nothing to this command; did you mean "
                                        + PREFIX + flag + "?")));
    }

    /** The version that the jars were built as, for a command and its subcommands. */
    private static void tellVersion(CommandLine commandLine) {
        String built = CommandLineApp.class.getPackage().getImplementationVersion();
        commandLine.getCommandSpec().version("hemline " + (built == null ? "(not from a jar)" : built));
        commandLine.getSubcommands().values().forEach(CommandLineApp::tellVersion);
    }

    private static IParameterExceptionHandler wrongUsage(Map<String, String> environment) {
        return (exception, args) -> {
            printError(
                    exception.getCommandLine(),
                    exception.getMessage()
                            + didYouMean(exception)
                            + fromEnvironment(exception.getMessage(), exception.getCommandLine(), environment, args)
                            + " (try --help)");
            return WRONG_USAGE;
        };
    }

    /** For a flag, a verb or one of several values that is spelled a little differently than what there is. */
    private static String didYouMean(ParameterException exception) {
        CommandSpec command = exception.getCommandLine().getCommandSpec();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            String said = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
            return Texts.didYouMean(
                    said,
                    said.startsWith("-")
                            ? command.optionsMap().keySet()
                            : command.subcommands().keySet());
        }
        ArgSpec argument = exception.getArgSpec();
        return argument == null || !argument.type().isEnum() || exception.getValue() == null
                ? ""
                : Texts.didYouMean(
                        exception.getValue(),
                        Stream.of(argument.type().getEnumConstants())
                                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                                .toList());
    }

    /** Which variables said what is complained about, so that nobody looks for it on the command line. */
    private static String fromEnvironment(
            @Nullable String complaint,
            CommandLine commandLine,
            Map<String, String> environment,
            String... commandLineArguments) {
        List<String> variables = FLAG.matcher(String.valueOf(complaint))
                .results()
                .map(MatchResult::group)
                .distinct()
                .map(commandLine.getCommandSpec()::findOption)
                .filter(option -> option != null && said(environment, option) != null)
                .filter(option -> Arrays.stream(commandLineArguments)
                        .map(argument -> argument.replaceFirst("=.*", ""))
                        .noneMatch(Set.of(option.names())::contains))
                .map(option -> variable(option.longestName()))
                .toList();
        return variables.isEmpty() ? "" : "; so says " + String.join(" and ", variables) + " in the environment";
    }

    private static IExecutionExceptionHandler failure(Map<String, String> environment) {
        return (exception, commandLine, parsed) -> {
            String source = fromEnvironment(
                    exception.getMessage(),
                    commandLine,
                    environment,
                    parsed.originalArgs().toArray(String[]::new));
            Optional<String> refused = KafkaRefusal.of(exception, commandLine.getCommandSpec());
            if (refused.isPresent()) {
                log().debug("{} failed", commandLine.getCommandName(), exception);
                printError(commandLine, refused.get());
                return FAILED;
            }
            if (exception instanceof UserError) {
                printError(commandLine, exception.getMessage() + source);
                return FAILED;
            }
            if (exception instanceof IllegalArgumentException || exception instanceof ParameterException) {
                printError(commandLine, exception.getMessage() + source + " (try --help)");
                return WRONG_USAGE;
            }
            Optional<String> refusal = KafkaProblem.refusal(exception);
            if (refusal.isPresent()) {
                printError(commandLine, refusal.get() + source);
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
