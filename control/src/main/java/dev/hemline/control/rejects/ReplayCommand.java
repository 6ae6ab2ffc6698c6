package dev.hemline.control.rejects;

import dev.hemline.service.BaseCommand;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline rejects replay}. */
@Command(
        name = "replay",
        sortOptions = false,
        description = {
            "Sends dead letters back to @|bold image-events|@: key, value and headers as they were received, ids kept.",
            "",
            "Fix the cause first, for instance restart the classifier with a larger --max-image-bytes. Each letter is"
                    + " sent once, ever: run the command again, kill it, run two at a time, nothing doubles. An event that"
                    + " is rejected again comes back as a new letter. See first with --dry-run. The exit code is 1 if"
                    + " some cannot be sent: each is named, and the others are sent.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline rejects replay --dry-run --reason too-large",
            "  hemline rejects replay --reason undecodable-event --since 2h",
            "  hemline rejects replay 0@17 3@4"
        })
final class ReplayCommand extends BaseCommand {
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
        Predicate<DeadLetter> accepted = filter.predicate();
        List<DeadLetter.Place> named =
                places.stream().map(DeadLetter.Place::parse).toList();
        try (DeadLetters letters = new DeadLetters(kafka.answering())) {
            Consumer<Consumer<DeadLetter>> chosen = action -> {
                Consumer<DeadLetter> filtered = letter -> {
                    if (accepted.test(letter)) {
                        action.accept(letter);
                    }
                };
                if (named.isEmpty()) {
                    letters.forEach(filtered);
                } else {
                    named.forEach(place -> filtered.accept(
                            letters.find(place).orElseThrow(() -> new UserError("There is no letter " + place))));
                }
            };
            if (dryRun) {
                tell(letters, chosen);
                return 0;
            }
            return send(chosen) ? 0 : 1;
        }
    }

    private void tell(DeadLetters letters, Consumer<Consumer<DeadLetter>> chosen) {
        Receipts receipts = Receipts.read(kafka.settings(), letters);
        var counts = new DeadLetterRow.Counts();
        chosen.accept(letter -> {
            DeadLetterRow row = DeadLetterRow.of(letter, receipts.has(letter));
            counts.add(row);
            if (!row.replayed()) {
                out().println(row.line());
            }
        });
        say("Would send those above. Chosen: " + counts);
    }

    /** False if some cannot be sent. */
    private boolean send(Consumer<Consumer<DeadLetter>> chosen) {
        KafkaTopics.ensure(kafka.settings(), List.of(Topics.IMAGE_EVENTS_REPLAYS));
        Map<Replay.Outcome, Long> counts = new EnumMap<>(Replay.Outcome.class);
        BiConsumer<DeadLetter, Replay.Outcome> told = (letter, outcome) -> {
            counts.merge(outcome, 1L, Long::sum);
            if (outcome == Replay.Outcome.EVENT_GONE) {
                out().println("Letter " + letter.place() + " is not whole, and its event is gone from "
                        + letter.origin().map(DeadLetter.Origin::toString).orElse("an unknown place"));
            } else if (outcome == Replay.Outcome.TOO_LARGE) {
                out().println("Letter " + letter.place() + ": its event is larger than max.message.bytes of topic "
                        + Topics.IMAGE_EVENTS + ", or unpacks to more than is taken; have it sent anew, smaller");
            }
        };
        // The letters' own reader is in the middle of the topic; originals need one that can go elsewhere.
        try (DeadLetters originals = new DeadLetters(kafka.settings());
                Replay replay = Replay.open(kafka.settings(), originals, told)) {
            chosen.accept(replay::send);
            replay.commit();
        }
        long impossible =
                counts.getOrDefault(Replay.Outcome.EVENT_GONE, 0L) + counts.getOrDefault(Replay.Outcome.TOO_LARGE, 0L);
        say("Sent " + counts.getOrDefault(Replay.Outcome.SENT, 0L) + " back to " + Topics.IMAGE_EVENTS + "; "
                + counts.getOrDefault(Replay.Outcome.SENT_BEFORE, 0L) + " were sent before, " + impossible
                + " cannot be sent");
        return impossible == 0;
    }
}
