package dev.hemline.classifier.quarantine;

import dev.hemline.event.EventAttempts;
import dev.hemline.event.Suspect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What follows from the record of a partition: which of its events are suspected, and how far it is done carefully. */
final class Suspects {
    /** One may be chance: somebody killed the process at that moment. */
    static final int MOST_DEATHS = 2;

    /** Events of a partition that are announced together: so few that they are tried alone within moments, if need be. */
    static final int ANNOUNCED = 4;

    /** More of a partition than can be under way: done since the last commit, waiting, and just polled. */
    static final int UNDER_WAY = 5_000;

    /** Ends that come sooner after one another are a crash loop; a supervisor that backs off restarts every 5 minutes. */
    static final Duration LOOP = Duration.ofMinutes(10);

    /** Far more than can be suspected by processes that end one after another; a record has to stay small. */
    private static final int MOST_SUSPECTS = 100;

    private static final int MOST_ENDS = 1_000_000;

    /** Of a partition that nobody ever held, or whose record cannot be written: as if there were no quarantine. */
    static final EventAttempts NONE = new EventAttempts(0L, "", false, 0, Instant.EPOCH, Long.MIN_VALUE, List.of());

    private Suspects() {}

    /** Whether the holder before is gone, and did not release the partition. */
    static boolean endedUncleanly(EventAttempts before, String instance) {
        return before.getHeld() && !before.getInstance().equals(instance);
    }

    /** The record of who takes a partition after another one, or after itself. */
    static EventAttempts taken(EventAttempts before, String instance, long position, long end, Instant now) {
        boolean unclean = endedUncleanly(before, instance);
        List<Suspect> suspects = before.getSuspects().stream()
                .map(suspect -> unclean && suspect.getTrying()
                        ? new Suspect(
                                suspect.getOffset(),
                                suspect.getChecksum(),
                                Math.min(MOST_DEATHS, suspect.getDeaths() + 1),
                                false)
                        : suspect)
                .filter(suspect -> suspect.getDeaths() > 0)
                .filter(suspect -> suspect.getOffset() >= position && suspect.getOffset() < end)
                .limit(MOST_SUSPECTS)
                .toList();
        // After a clean end the next one does the rest of a careful stretch. The cause of an unclean one may lie behind
        // it, where nothing was committed for long.
        long careful = Math.max(position, Math.min(end, before.getCarefulTo()));
        long carefulTo = Math.min(end, unclean ? careful + UNDER_WAY : careful);
        carefulTo = LongStream.concat(
                        LongStream.of(carefulTo), suspects.stream().mapToLong(suspect -> suspect.getOffset() + 1))
                .max()
                .orElseThrow();
        Instant last = before.getLastUncleanEnd().isAfter(now) ? now : before.getLastUncleanEnd();
        boolean loop = last.plus(LOOP).isAfter(now);
        int ends = (loop ? Math.min(MOST_ENDS, Math.max(0, before.getUncleanEnds())) : 0) + (unclean ? 1 : 0);
        return new EventAttempts(
                before.getEpoch() + 1, instance, true, ends, unclean ? now : last, carefulTo, suspects);
    }

    /** As many events as may be announced together, up to the first that cannot be read. */
    static List<ConsumerRecord<byte[], byte[]>> firstOf(
            List<ConsumerRecord<byte[], byte[]>> polled, Predicate<ConsumerRecord<byte[], byte[]>> readable) {
        return polled.stream().limit(ANNOUNCED).takeWhile(readable).toList();
    }

    /** How many of these events, from the first on, are to be announced together. */
    static int unsuspected(EventAttempts attempts, List<ConsumerRecord<byte[], byte[]>> events) {
        return (int) events.stream()
                .takeWhile(event -> deaths(attempts, event) == 0 && event.offset() < attempts.getCarefulTo())
                .count();
    }

    /** These are tried now; those behind them that were suspected are still. */
    static EventAttempts announcing(EventAttempts attempts, List<ConsumerRecord<byte[], byte[]>> events) {
        long last = events.get(events.size() - 1).offset();
        Stream<Suspect> tried = events.stream()
                .map(event -> new Suspect(event.offset(), checksum(event), deaths(attempts, event), true));
        Stream<Suspect> behind = attempts.getSuspects().stream()
                .filter(suspect -> suspect.getOffset() > last && suspect.getDeaths() > 0);
        return with(attempts, Stream.concat(tried, behind).toList());
    }

    /** Those that were tried are not suspected any more. */
    static EventAttempts acquitted(EventAttempts attempts) {
        return with(
                attempts,
                attempts.getSuspects().stream()
                        .filter(suspect -> !suspect.getTrying())
                        .toList());
    }

    static EventAttempts none(EventAttempts attempts) {
        return with(attempts, List.of());
    }

    private static EventAttempts with(EventAttempts attempts, List<Suspect> suspects) {
        return EventAttempts.newBuilder(attempts).setSuspects(suspects).build();
    }

    /** At how many ends this event was announced. */
    static int deaths(EventAttempts attempts, ConsumerRecord<byte[], byte[]> event) {
        return attempts.getSuspects().stream()
                .filter(suspect -> suspect.getOffset() == event.offset() && suspect.getChecksum() == checksum(event))
                .mapToInt(Suspect::getDeaths)
                .findFirst()
                .orElse(0);
    }

    private static long checksum(ConsumerRecord<byte[], byte[]> event) {
        var checksum = new CRC32();
        checksum.update(event.value() == null ? new byte[0] : event.value());
        return checksum.getValue();
    }
}
