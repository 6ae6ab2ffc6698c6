package dev.hemline.benchmarks.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One start, in seconds since the process was started.
 *
 * @param ready when it first said so; empty for those that do not say
 * @param firstResult when a reader that waits for transactions had the result of an event that was waiting
 * @param steps on the way, as far as the log tells of them
 * @param label of that result
 */
record Start(OptionalDouble ready, double firstResult, Map<Step, Double> steps, int label) {
    /** What a classifier tells on its way up. Two of them may come in either order. */
    enum Step {
        LOGGING("first log line", ""),
        SERVER("HTTP server up", "readiness on /health/ready"),
        RUNNING("stream running", "Stream is RUNNING"),
        MODEL("model serves", " serves, was ");

        private final String title;
        private final String line;

        Step(String title, String line) {
            this.title = title;
            this.line = line;
        }

        /** As the report calls it. */
        String title() {
            return title;
        }
    }

    /**
     * What a process has logged so far.
     *
     * @param text lines in the order of time; whatever else was printed tells nothing
     */
    record Log(String text) {
        private static final Pattern LINE = Pattern.compile("(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) \\w+ +\\S+ - (.*)");
        private static final Pattern HTTP = Pattern.compile("https?://\\S+:(\\d+)/metrics");

        static Log read(Path log) {
            try {
                return new Log(Files.readString(log, UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** When the first line came that tells of it, by the time of day where this machine is. */
        Optional<LocalTime> first(Step step) {
            return text.lines()
                    .map(LINE::matcher)
                    .filter(line -> line.matches() && line.group(2).contains(step.line))
                    .map(line -> LocalTime.parse(line.group(1)))
                    .findFirst();
        }

        /** Where its metrics and its readiness are, once it has said so. */
        OptionalInt port() {
            Matcher found = HTTP.matcher(text);
            return found.find() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
        }
    }
}
