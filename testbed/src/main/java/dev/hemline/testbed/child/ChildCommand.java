package dev.hemline.testbed.child;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line that runs one verb of Hemline in a JVM of its own: this one's Java, unless told this one's class path. */
public record ChildCommand(
        String verb, boolean lowPriority, List<String> flags, String classPath, List<String> arguments) {
    /** By its name: the program knows its verbs, and none of them the program. */
    static final String MAIN = "dev.hemline.quickstart.Hemline";

    /** About a third of the usual share of a core that others want too, all of one that nobody wants. */
    private static final String NICENESS = "5";

    private static final List<String> JVM = List.of(
            "-Dai.djl.offline=true",
            "-Djava.awt.headless=true",
            // Few cores and small heaps: one collector thread pauses for milliseconds and competes with nobody.
            "-XX:+UseSerialGC",
            // Half a dozen JVM's compilers would take the cores from training in the first minute, when it counts.
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError");

    /**
     * @param heap what the JVM may use at most, for instance {@code 512m}
     * @param arguments the verb's flags
     */
    public static ChildCommand of(String verb, String heap, List<String> arguments) {
        return new ChildCommand(
                verb,
                false,
                Stream.concat(Stream.of("-Xmx" + heap), archiveOfClasses()).toList(),
                ourClassPath(),
                arguments);
    }

    /** Folders, which only tests have, come last: an archive of classes is good for the jars that a class path begins with. */
    private static String ourClassPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .sorted(Comparator.comparing(entry -> !entry.endsWith(".jar")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What the launcher told this JVM of an archive of classes, and of being quiet about it; it is good for the class path. */
    private static Stream<String> archiveOfClasses() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-XX:SharedArchiveFile=")
                        || (flag.startsWith("-Xlog:") && flag.endsWith("=off")));
    }

    /** The same, giving way to everything else on this machine where the system lets it. */
    public ChildCommand atLowPriority() {
        return new ChildCommand(verb, true, flags, classPath, arguments);
    }

    /** The same with more flags of the JVM. */
    public ChildCommand with(String... more) {
        var all = new ArrayList<>(flags);
        all.addAll(List.of(more));
        return new ChildCommand(verb, lowPriority, all, classPath, arguments);
    }

    /** The same with all jars of a folder, which come before others of their names. */
    public ChildCommand preferring(Path jars) {
        return new ChildCommand(
                verb, lowPriority, flags, jars.resolve("*") + File.pathSeparator + classPath, arguments);
    }

    List<String> words() {
        var words = new ArrayList<String>();
        if (lowPriority && isOnPath("nice")) {
            words.addAll(List.of("nice", "-n", NICENESS));
        }
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM);
        words.addAll(flags);
        words.addAll(List.of("-cp", classPath, MAIN, verb));
        words.addAll(arguments);
        return words;
    }

    private static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
