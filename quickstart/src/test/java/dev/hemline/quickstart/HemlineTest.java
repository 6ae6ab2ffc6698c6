package dev.hemline.quickstart;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.hemline.service.CommandLineApp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help;

class HemlineTest {
    private static final Set<String> VERBS =
            Hemline.commandLine(Map.of()).getSubcommands().keySet();

    private static final Pattern EXAMPLE = Pattern.compile("^(?:\\./| +(?:.*\\| )?)hemline (.*)$", Pattern.MULTILINE);

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    private CommandLine hemline(String... args) {
        return Hemline.commandLine(Map.of(), args).setOut(new PrintWriter(out)).setErr(new PrintWriter(errors));
    }

    private int execute(String... args) {
        return hemline(args).execute(args);
    }

    @Test
    void shouldTeachEveryVerbWithExamples() {
        assertThat(execute("--help")).isZero();

        assertThat(out.toString()).contains(VERBS).contains("hemline demo --seconds 120");
    }

    @Test
    void shouldHaveHelpForEveryVerb() {
        assertThat(VERBS).allSatisfy(verb -> assertThat(execute(verb, "--help")).isZero());
    }

    @Test
    void shouldHaveExamplesForEveryVerbThatNoTerminalBreaks() {
        assertThat(pages().stream()
                        .filter(page -> VERBS.contains(page.getCommandName()))
                        .filter(page -> !page.getCommandSpec().usageMessage().hidden())
                        .map(HemlineTest::footer))
                .allSatisfy(footer -> assertThat(footer).containsPattern(EXAMPLE));

        assertThat(pages().stream()
                        .flatMap(page ->
                                Stream.of(page.getCommandSpec().usageMessage().footer()))
                        .filter(EXAMPLE.asPredicate()))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    /** Nobody can paste an address of which a part stands on the next line. */
    @Test
    void shouldBreakLinesBetweenWordsOnly() {
        assertThat(pages().stream().flatMap(page -> brokenWords(page).stream())).isEmpty();
    }

    private static Set<String> brokenWords(CommandLine page) {
        Set<String> broken = words(page, 1_000);
        broken.removeAll(words(page, 80));
        return broken;
    }

    /** Of all that explains; the line of usage is there to be read only. */
    private static Set<String> words(CommandLine page, int columns) {
        Help help = page.setUsageHelpAutoWidth(false).setUsageHelpWidth(columns).getHelp();
        return Stream.of(help.header(), help.description(), help.parameterList(), help.optionList(), help.footer())
                .flatMap(text -> Stream.of(text.split("\\s+")))
                .collect(toSet());
    }

    /** As a shell hands it over; whether files and brokers are there is for others to find out. */
    @ParameterizedTest
    @MethodSource("examples")
    void shouldTakeEveryExampleAsItStands(String example) {
        String[] words = WORD.matcher(example)
                .results()
                .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
                .takeWhile(word -> !word.matches("[#|>].*"))
                .toArray(String[]::new);

        assertThat(catchThrowable(() -> hemline(words).parseArgs(words)))
                .satisfiesAnyOf(
                        nothing -> assertThat(nothing).isNull(),
                        missing -> assertThat(missing).hasMessageContaining("There is no model"));
    }

    static Stream<String> examples() throws IOException {
        List<String> texts =
                new ArrayList<>(pages().stream().map(HemlineTest::footer).toList());
        texts.add(Files.readString(Path.of("../README.md")));
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(Path.of("../docs"), "*.md")) {
            for (Path page : pages) {
                texts.add(Files.readString(page));
            }
        }
        // What the launcher does by itself, and what is measured by another module, are not known here.
        return texts.stream()
                .flatMap(text ->
                        EXAMPLE.matcher(text.replaceAll("\\\\\\R *", "")).results())
                .map(found -> found.group(1))
                .filter(example -> !example.matches("(verify|fuzz|bench|soak|chaos)\\b.*"))
                .distinct();
    }

    private static List<CommandLine> pages() {
        return Stream.iterate(
                        List.of(Hemline.commandLine(Map.of(), VERBS.toArray(String[]::new))),
                        commands -> !commands.isEmpty(),
                        commands -> commands.stream()
                                .flatMap(command -> command.getSubcommands().values().stream())
                                .toList())
                .flatMap(List::stream)
                .toList();
    }

    private static String footer(CommandLine page) {
        return page.getHelp().footer();
    }

    /** That only what is asked for is built shall show on no page. */
    @Test
    void shouldHaveOnePageWhetherOrNotItsVerbsAreBuilt() {
        String[] all = VERBS.toArray(String[]::new);

        assertThat(hemline("--help").getUsageMessage()).isEqualTo(hemline(all).getUsageMessage());
    }

    @Test
    void shouldBuildTheVerbThatIsAskedForAndNoOther() {
        CommandLine hemline = hemline("watch", "--help");

        assertThat(hemline.getSubcommands())
                .allSatisfy((verb, command) ->
                        assertThat(command.getCommandSpec().options().isEmpty()).isEqualTo(!verb.equals("watch")));
    }

    @Test
    void shouldTakeItsVerbFromAFileOfArguments(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), "watch --version");

        assertThat(execute("@" + file)).isZero();

        assertThat(out.toString()).startsWith("hemline ");
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(execute("--version")).isZero();

        assertThat(out.toString()).startsWith("hemline ");
    }

    @Test
    void shouldAskWhetherAVerbSpelledAlikeWasMeant() {
        execute("classifer");
        execute("models", "lsit");

        assertThat(errors.toString()).contains("did you mean 'classifier'?").contains("did you mean 'list'?");
    }

    @Test
    void shouldSayInOneLineWhatIsWrong() {
        assertThat(execute("dance")).isEqualTo(CommandLineApp.WRONG_USAGE);

        assertThat(errors.toString().lines()).singleElement().asString().contains("dance");
    }
}
