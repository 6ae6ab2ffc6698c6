package dev.hemline.trainer.reservoir;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.hemline.event.RequestReason;
import dev.hemline.event.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A picture of live traffic, and what people say that it shows. Whoever labels it again corrects what they said before, and nobody else's
 * word: where as many say one thing as another, it shows nothing that could be learnt.
 *
 * @param votes one of each labeller, the oldest first; at least one
 * @param reason why labels were asked for; null if nobody did
 */
public record Ballot(
        Sample sample, List<Vote> votes, @Nullable RequestReason reason) {
    /** Who comes after these has no say. */
    private static final int MOST_VOTES = 9;

    public Ballot {
        votes = List.copyOf(votes);
    }

    /** With one more; without what the same labeller said earlier. */
    Ballot with(Vote vote) {
        return new Ballot(sample, plus(votes, vote), reason);
    }

    static List<Vote> plus(List<Vote> votes, Vote vote) {
        Optional<Vote> before =
                votes.stream().filter(other -> other.by().equals(vote.by())).findFirst();
        boolean counts =
                before.isPresent() ? !vote.labelledAt().isBefore(before.get().labelledAt()) : votes.size() < MOST_VOTES;
        return counts
                ? Stream.concat(votes.stream().filter(other -> !other.by().equals(vote.by())), Stream.of(vote))
                        .toList()
                : votes;
    }

    Ballot asked(RequestReason why) {
        return new Ballot(sample, votes, why);
    }

    Vote newest() {
        return votes.get(votes.size() - 1);
    }

    /** What it shows, as most of them say whose word counts; empty where that are several things, or none. */
    Optional<LabelledSample> decided(Predicate<String> believed) {
        OptionalInt winner = winner(votes.stream().filter(vote -> believed.test(vote.by())), 1);
        return winner.stream()
                .boxed()
                .flatMap(label -> votes.stream().filter(vote -> vote.label() == label && believed.test(vote.by())))
                .reduce((earlier, later) -> later)
                .map(vote -> new LabelledSample(
                        sample, vote.label(), vote.by(), vote.labelledAt(), vote.arrivedAt(), reason));
    }

    /** What at least two others say with one voice, of those whose word counts; empty where they do not. */
    public OptionalInt sayOthers(String than, Predicate<String> believed) {
        return winner(
                votes.stream().filter(vote -> !vote.by().equals(than)).filter(vote -> believed.test(vote.by())), 2);
    }

    private static OptionalInt winner(Stream<Vote> votes, long fewest) {
        Map<Integer, Long> counts = votes.collect(groupingBy(Vote::label, counting()));
        long most = counts.values().stream().mapToLong(count -> count).max().orElse(0);
        int[] first = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .mapToInt(Map.Entry::getKey)
                .toArray();
        return first.length == 1 && most >= fewest ? OptionalInt.of(first[0]) : OptionalInt.empty();
    }

    /** When the model answered. */
    public Instant answeredAt() {
        return sample.getClassifiedAt();
    }
}
