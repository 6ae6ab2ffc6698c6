package dev.hemline.control.labellers;

import dev.hemline.event.Labeller;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.TopicSnapshot;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.Topics;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline labellers list}. */
@Command(
        name = "list",
        description = "Lists all of whom a trainer or a person has said whether their labels are believed; others are.")
final class ListCommand extends BaseCommand {
    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "One JSON array with all of it.")
    boolean json;

    @Override
    public Integer call() {
        List<LabellerRow> rows =
                TopicSnapshot.of(kafka.answering(), Topics.LABELLERS, EventChecks::fault).values().stream()
                        .sorted(Comparator.comparing(Labeller::getName))
                        .map(LabellerRow::of)
                        .toList();
        if (json) {
            say(JsonFile.text(rows));
        } else if (rows.isEmpty()) {
            say("Everybody's labels are believed");
        } else {
            say(LabellerRow.table(rows, ZoneId.systemDefault()));
        }
        return 0;
    }
}
