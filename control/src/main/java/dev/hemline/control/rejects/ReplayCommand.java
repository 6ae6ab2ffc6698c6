package dev.hemline.control.rejects;

import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hemline rejects replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends dead letters back to @|bold image-events|@: key, value and headers as they were received, ids kept.",
            "",
            "Fix the cause first, for instance restart the classifier with a larger --max-image-bytes. Each letter is"
                    + " sent once, ever: run the command again, kill it, run two at a time, nothing doubles. An event that"
                    + " is rejected again comes back as a new letter. See first with --dry-run.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline rejects replay --dry-run --reason too-large",
            "  hemline rejects replay --reason undecodable-event --since 2h",
            "  hemline rejects replay 0@17 3@4"
        })
final class ReplayCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Mixin
    DeadLetterFilter filter = new DeadLetterFilter();

    @Parameters(paramLabel = "PARTITION@OFFSET", arity = "0..*", description = "Letters, as 'rejects list' names them.")
    List<String> places = new ArrayList<>();

    @Option(names = "--all", description = "All letters that were not replayed yet.")
    boolean all;

    @Option(names = "--dry-run", description = "Only tell what would be sent.")
    boolean dryRun;

    @Override
    public Integer call() {
        if (places.isEmpty() && filter.isEmpty() && !all) {
            throw new IllegalArgumentException("Say which letters: PARTITION@OFFSET, --reason, --since or --all");
        }
        Instant earliest = filter.earliest();
        List<DeadLetterPlace> named =
                places.stream().map(DeadLetterPlace::parse).toList();
        try (TopicReader reader = new TopicReader(kafka.settings())) {
            Consumer<Consumer<DeadLetter>> letters = named.isEmpty()
                    ? action -> reader.readAll(
                            Topics.IMAGE_EVENTS_DLQ, record -> accept(new DeadLetter(record), earliest, action))
                    : action -> named.forEach(place -> accept(letter(reader, place), earliest, action));
            if (dryRun) {
                tell(kafka.settings(), reader, letters);
            } else {
                send(kafka.settings(), letters);
            }
        }
        return 0;
    }

    private void accept(DeadLetter letter, Instant earliest, Consumer<DeadLetter> action) {
        if (filter.accepts(letter, earliest)) {
            action.accept(letter);
        }
    }

    private static DeadLetter letter(TopicReader reader, DeadLetterPlace place) {
        if (place.partition() >= reader.partitionCount(Topics.IMAGE_EVENTS_DLQ)) {
            throw new UserError("There is no letter " + place);
        }
        return reader.read(new TopicPartition(Topics.IMAGE_EVENTS_DLQ.name(), place.partition()), place.offset())
                .map(DeadLetter::new)
                .orElseThrow(() -> new UserError("There is no letter " + place));
    }

    private void tell(KafkaSettings settings, TopicReader reader, Consumer<Consumer<DeadLetter>> letters) {
        Receipts receipts = Receipts.read(settings, reader);
        PrintWriter out = spec.commandLine().getOut();
        var counts = new ReasonCounts();
        letters.accept(letter -> {
            DeadLetterRow row = DeadLetterRow.of(letter, receipts.has(letter));
            counts.add(row);
            if (!row.replayed()) {
                out.println(row.line());
            }
        });
        out.println("Would send those above. Chosen: " + counts);
        out.flush();
    }

    private void send(KafkaSettings settings, Consumer<Consumer<DeadLetter>> letters) {
        KafkaTopics.ensure(settings, List.of(Topics.IMAGE_EVENTS_REPLAYS));
        PrintWriter out = spec.commandLine().getOut();
        Map<Replay.Outcome, Long> counts = new EnumMap<>(Replay.Outcome.class);
        // The letters' own reader is in the middle of the topic; originals need one that can go elsewhere.
        try (TopicReader originals = new TopicReader(settings);
                Replay replay = Replay.open(settings, originals)) {
            letters.accept(letter -> {
                Replay.Outcome outcome = replay.send(letter);
                counts.merge(outcome, 1L, Long::sum);
                if (outcome == Replay.Outcome.EVENT_GONE) {
                    out.println("Letter " + letter.place() + " is not whole, and its event is gone from "
                            + letter.origin().map(Origin::toString).orElse("an unknown place"));
                }
            });
            replay.commit();
            out.println("Sent " + replay.sent() + " back to " + Topics.IMAGE_EVENTS + "; "
                    + counts.getOrDefault(Replay.Outcome.SENT_BEFORE, 0L) + " were sent before, "
                    + counts.getOrDefault(Replay.Outcome.EVENT_GONE, 0L) + " cannot be sent any more");
            out.flush();
        }
    }
}
