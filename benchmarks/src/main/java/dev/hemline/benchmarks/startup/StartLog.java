package dev.hemline.benchmarks.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process has logged so far, in the order of time. */
record StartLog(List<Line> lines) {
    private static final Pattern LINE = Pattern.compile("(\\d\\d:\\d\\d:\\d\\d\\.\\d{3}) \\w+ +\\S+ - (.*)");
    private static final Pattern HTTP = Pattern.compile(".*https?://\\S+:(\\d+)/metrics.*");

    /** @param at time of day where this machine is */
    record Line(LocalTime at, String text) {}

    static StartLog read(Path log) {
        try {
            return parse(Files.readString(log, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever else was printed is left out. */
    static StartLog parse(String log) {
        return new StartLog(log.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Line(LocalTime.parse(line.group(1)), line.group(2)))
                .toList());
    }

    /** When the first line came that contains that text. */
    Optional<LocalTime> first(String text) {
        return lines.stream()
                .filter(line -> line.text().contains(text))
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
