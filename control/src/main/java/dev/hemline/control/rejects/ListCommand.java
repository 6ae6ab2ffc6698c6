package dev.hemline.control.rejects;

import dev.hemline.service.KafkaOptions;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hemline rejects list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Lists dead letters, the newest last, and counts them by reason.")
final class ListCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

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
        var counts = new ReasonCounts();
        try (TopicReader reader = new TopicReader(kafka.settings())) {
            Receipts receipts = Receipts.read(kafka.settings(), reader);
            reader.readAll(Topics.IMAGE_EVENTS_DLQ, record -> {
                DeadLetter letter = new DeadLetter(record);
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

    private void print(Deque<DeadLetterRow> rows, ReasonCounts counts) {
        trim(rows);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            rows.forEach(row -> out.println(row.json()));
        } else {
            if (!rows.isEmpty()) {
                out.println(DeadLetterRow.HEADING);
            }
            rows.forEach(row -> out.println(row.line()));
            out.println(counts);
        }
        out.flush();
    }
}
