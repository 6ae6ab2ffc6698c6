package dev.hemline.benchmarks.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
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

    /** What a process has logged so far, in the order of time. */
    record Log(List<Line> lines) {
        private static final Pattern LINE = Pattern.compile("(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) \\w+ +\\S+ - (.*)");
        private static final Pattern HTTP = Pattern.compile(".*https?://\\S+:(\\d+)/metrics.*");

        /** @param at time of day where this machine is */
        record Line(LocalTime at, String text) {}

        static Log read(Path log) {
            try {
                return parse(Files.readString(log, UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Whatever else was printed is left out. */
        static Log parse(String log) {
            return new Log(log.lines()
                    .map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> new Line(LocalTime.parse(line.group(1)), line.group(2)))
                    .toList());
        }

        /** When the first line came that tells of it. */
        Optional<LocalTime> first(Step step) {
            return lines.stream()
                    .filter(line -> line.text().contains(step.line))
                    .map(Line::at)
                    .findFirst();
        }

        /** Where its metrics and its readiness are, once it has said so. */
        OptionalInt port() {
            return lines.stream()
                    .map(line -> HTTP.matcher(line.text()))
                    .filter(Matcher::matches)
                    .mapToInt(line -> Integer.parseInt(line.group(1)))
                    .findFirst();
        }
    }
}
