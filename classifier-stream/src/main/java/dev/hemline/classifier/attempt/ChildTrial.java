package dev.hemline.classifier.attempt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.engine.TrialRun;
import dev.hemline.event.ModelManifest;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.serving.ModelLoader;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.serving.ModelRefusedException.Reason;
import dev.hemline.service.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries versions in another JVM: of this one's Java, class path and heap. */
public final class ChildTrial implements Trial {
    private static final Logger LOG = LoggerFactory.getLogger(ChildTrial.class);

    /** Ten times what a trial takes on one slow core. */
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** Those that a process brings on itself; others come from people, the kernel's want of memory, or a full disk. */
    private static final Map<Integer, String> OWN_SIGNALS =
            Map.of(128 + 4, "SIGILL", 128 + 6, "SIGABRT", 128 + 8, "SIGFPE", 128 + 11, "SIGSEGV");

    private static final Pattern SIGNAL = Pattern.compile(
            "(?s)^#  (SIG(?!BUS)\\w+) .*?^# Problematic frame:\\R# +(?:[A-Za-z] +)?([^\\r\\n]+)", Pattern.MULTILINE);

    private static final int MOST_READ = 1 << 16;
    private static final int MOST_CHARS = 500;

    private final Precision precision;
    private final EngineSettings engine;
    private final List<String> java;
    private volatile @Nullable Process running;

    /** @param java the command, with its class path */
    ChildTrial(Precision precision, EngineSettings engine, List<String> java) {
        this.precision = precision;
        this.engine = engine;
        this.java = java;
    }

    /** For what {@code loader} loads; of another loader than ours nothing is known elsewhere. */
    public static Trial like(ModelLoader loader, EngineSettings engine) {
        return loader instanceof DjlModelLoader ours
                ? new ChildTrial(ours.precision(), engine, javaOfThisProcess())
                : Trial.NONE;
    }

    static List<String> javaOfThisProcess() {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Xmx" + Runtime.getRuntime().maxMemory(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash"));
        // Where libraries and temporary files are. Ports for debugging and management are taken by this process.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> (argument.startsWith("-D") && !argument.contains(".jmxremote"))
                        || argument.startsWith("-XX:SharedArchiveFile=")
                        || argument.startsWith("--enable-native-access="))
                .forEach(java::add);
        return java;
    }

    @Override
    public boolean survived(ModelManifest manifest, byte[] archive) throws ModelRefusedException {
        try {
            Path folder = Files.createTempDirectory("hemline-trial-");
            try {
                return run(folder, TrialRun.prepare(folder, manifest, archive, precision, engine));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a model to " + System.getProperty("java.io.tmpdir"), e);
        }
    }

    private boolean run(Path folder, List<String> arguments) throws IOException, ModelRefusedException {
        Path report = folder.resolve("hs_err.log");
        Path output = folder.resolve("errors.log");
        List<String> command = new ArrayList<>(java);
        command.add("-XX:ErrorFile=" + report);
        command.add(TrialRun.class.getName());
        command.addAll(arguments);
        // What is printed by a network may be without end.
        var builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(output.toFile());
        // They would overrule what stands above, or have two processes listen on one port.
        builder.environment().keySet().removeAll(Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process child;
        try {
            child = builder.start();
        } catch (IOException e) {
            return nobodyKnows("cannot be started: " + e.getMessage());
        }
        running = child;
        try {
            if (!child.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                return nobodyKnows("has not ended in " + LONGEST.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            child.destroyForcibly();
            running = null;
        }
        if (child.exitValue() == TrialRun.SURVIVED) {
            return true;
        }
        String said = beginningOf(output);
        String how = signal(beginningOf(report)).orElse(OWN_SIGNALS.getOrDefault(child.exitValue(), ""));
        if (how.isEmpty() || !TrialRun.hasBegun(folder) || said.contains("bad_alloc")) {
            return nobodyKnows("ended with exit code " + child.exitValue() + lastSentence(said));
        }
        throw new ModelRefusedException(
                Reason.CRASHED, Texts.printable("a process that only loaded it ended by " + how, MOST_CHARS));
    }

    private static boolean nobodyKnows(String why) {
        LOG.warn("The process that was to load it {}", Texts.printable(why, MOST_CHARS));
        return false;
    }

    /** Native code writes what it likes. */
    private static String beginningOf(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_READ), ISO_8859_1);
        }
    }

    /** Frames of a stack trace are none. */
    private static String lastSentence(String said) {
        return said.lines()
                .filter(text -> !text.isBlank() && !Character.isWhitespace(text.charAt(0)))
                .reduce("", (before, last) -> ": " + last);
    }

    /** What the JVM wrote down, with the native function; where it had too little memory, there is no signal. */
    private static Optional<String> signal(String report) {
        Matcher signal = SIGNAL.matcher(report);
        return signal.find() ? Optional.of(signal.group(1) + " in " + signal.group(2)) : Optional.empty();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            LOG.debug("{} stays", folder, e);
        }
    }

    @Override
    public void cancel() {
        Process child = running;
        if (child != null) {
            child.destroyForcibly();
        }
    }
}
