package dev.hemline.control.rejects;

import dev.hemline.service.BaseCommand;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
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
        Predicate<DeadLetter> accepted = filter.predicate();
        List<DeadLetterRow> newest = new ArrayList<>();
        var counts = new DeadLetterRow.Counts();
        try (DeadLetters letters = new DeadLetters(kafka.answering())) {
            Receipts receipts = Receipts.read(kafka.settings(), letters);
            letters.forEach(letter -> {
                if (accepted.test(letter)) {
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
    private void trim(List<DeadLetterRow> rows) {
        rows.sort(Comparator.comparing(DeadLetterRow::time));
        if (count > 0 && rows.size() > count) {
            rows.subList(0, rows.size() - count).clear();
        }
    }

    private void print(List<DeadLetterRow> rows, DeadLetterRow.Counts counts) {
        trim(rows);
        if (json) {
            say(rows.stream().map(JsonFile::line).toList());
            return;
        }
        if (!rows.isEmpty()) {
            say(DeadLetterRow.HEADING);
        }
        say(rows.stream().map(DeadLetterRow::line).toList());
        say(counts.toString());
    }
}
