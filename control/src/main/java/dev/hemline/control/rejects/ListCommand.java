package dev.hemline.control.rejects;

import dev.hemline.service.BaseCommand;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline rejects list}. */
@Command(
        name = "list",
        sortOptions = false,
        description = "Lists dead letters, the newest last, and counts them by reason.")
final class ListCommand extends BaseCommand {
    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    DeadLetterFilter filter = new DeadLetterFilter();

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "20",
            description = "Only the newest N; 0 for all. The counts are of all. Default: ${DEFAULT-VALUE}")
    int count;

    @Option(names = "--json", description = "One JSON object a line, without the counts.")
    boolean json;

    @Override
    public Integer call() {
        if (count < 0) {
            throw new IllegalArgumentException("--count is at least 0, not " + count);
        }
        Instant earliest = filter.earliest();
        Deque<DeadLetterRow> newest = new ArrayDeque<>();
        var counts = new DeadLetterRow.Counts();
        try (DeadLetters letters = new DeadLetters(kafka.settings())) {
            Receipts receipts = Receipts.read(kafka.settings(), letters);
            letters.forEach(letter -> {
                if (filter.accepts(letter, earliest)) {
                    DeadLetterRow row = DeadLetterRow.of(letter, receipts.has(letter));
                    counts.add(row);
                    newest.add(row);
                    if (count > 0 && newest.size() > 2 * count) {
                        trim(newest);
                    }
                }
            });
        }
        print(newest, counts);
        return 0;
    }

    /** Partitions are read one after another, so what came last is not what was written last. */
    private void trim(Deque<DeadLetterRow> rows) {
        var sorted = rows.stream().sorted(DeadLetterRow.BY_TIME).toList();
        rows.clear();
        rows.addAll(count == 0 ? sorted : sorted.subList(Math.max(0, sorted.size() - count), sorted.size()));
    }

    private void print(Deque<DeadLetterRow> rows, DeadLetterRow.Counts counts) {
        trim(rows);
        if (json) {
            rows.forEach(row -> out().println(JsonFile.line(row)));
        } else {
            if (!rows.isEmpty()) {
                out().println(DeadLetterRow.HEADING);
            }
            rows.forEach(row -> out().println(row.line()));
            out().println(counts);
        }
        out().flush();
    }
}
