package dev.hemline.control.episodes;

import dev.hemline.event.Episode;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.TopicSnapshot;
import dev.hemline.topic.EventChecks;
import dev.hemline.topic.Topics;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline episodes}. */
@Command(
        name = "episodes",
        sortOptions = false,
        header = "Shows what was found to be wrong with what serves, and what became of it.",
        description = {
            "An episode begins where pictures have changed, or fewer answers are right than promised: labels are asked for,"
                    + " the trainer refreshes what serves with them, the refreshed version proves itself and serves, and"
                    + " accuracy is back. hemline models policy POLICY --refresh LABELS turns that on.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hemline episodes", "  hemline episodes --model fashion-mnist --count 1 --json"})
public final class EpisodesCommand extends BaseCommand {
    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--model", paramLabel = "NAME", description = "Only of this model. Default: of all")
    @Nullable
    String model;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "10",
            description = "Only the newest N; 0 for all. Default: ${DEFAULT-VALUE}")
    int count;

    @Option(names = "--json", description = "One JSON array with all of it.")
    boolean json;

    @Override
    public Integer call() {
        if (count < 0) {
            throw new IllegalArgumentException("--count is at least 0, not " + count);
        }
        List<EpisodeRow> rows = rows();
        if (json) {
            say(JsonFile.text(rows));
        } else if (rows.isEmpty()) {
            say("There was no episode" + (model == null ? "" : " of " + model)
                    + "; hemline models policy POLICY --refresh LABELS lets a trainer mend what serves");
        } else {
            rows.forEach(row -> say(row.lines(ZoneId.systemDefault())));
        }
        return 0;
    }

    private List<EpisodeRow> rows() {
        List<EpisodeRow> all =
                TopicSnapshot.of(kafka.answering(), Topics.EPISODES, EventChecks::fault).values().stream()
                        .filter(episode ->
                                model == null || episode.getModelName().equals(model))
                        .sorted(Comparator.comparing(Episode::getBegunAt))
                        .map(EpisodeRow::of)
                        .toList();
        return count == 0 ? all : all.subList(Math.max(0, all.size() - count), all.size());
    }
}
