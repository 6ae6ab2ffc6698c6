package dev.hemline.benchmarks.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.runner.Parsed;
import dev.hemline.benchmarks.runner.Turns;
import dev.hemline.benchmarks.stream.StreamBench.Played;
import dev.hemline.service.JsonFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamReportTest {
    private final List<String> told = new ArrayList<>();
    private final List<String> played = new ArrayList<>();

    /** Hemline does 1,000 events in 1 s and later in 2 s; the loop needs twice as long, and labels one otherwise. */
    private Played play(Contender contender, int round) {
        played.add(contender + " " + round);
        boolean loop = contender == Contender.LOOP;
        Duration second = Duration.ofSeconds(round == 1 ? 2 : 1).multipliedBy(loop ? 2 : 1);
        return new Played(
                new Work(1000, second, Duration.ofMillis(loop ? 800 : 400)),
                new Answers(Map.of("a", 1, "b", loop ? 3 : 2)));
    }

    private StreamReport report(Turns.Turn<Contender, Played> player) throws InterruptedException {
        return Parsed.of(new StreamBench(), "--contenders=hemline,loop", "--rounds=2", "--events=1000")
                .report(
                        Parsed.run(Path.of("none"), (before, all, what) -> told.add(before + "/" + all + " " + what)),
                        () -> {
                            played.add("bare");
                            return 200;
                        },
                        player);
    }

    @Test
    void shouldLetAllTakeTurnsAfterAWarmUpAndAskForBareInferenceOnceARound() throws Exception {
        var unused = report(this::play);

        assertThat(told)
                .containsExactly(
                        "0/4 warm-up",
                        "0/4 hemline",
                        "1/4 consumer and producer, same archive",
                        "2/4 hemline",
                        "3/4 consumer and producer, same archive");
        assertThat(played).containsExactly("HEMLINE -1", "bare", "HEMLINE 0", "LOOP 0", "bare", "HEMLINE 1", "LOOP 1");
    }

    @Test
    void shouldCompareWithTheFirst() throws Exception {
        List<String> lines = report(this::play).table();

        assertThat(lines)
                .containsSubsequence(
                        "  Network tiny, a backlog of 1,000 events, exactly_once_v2, 2 threads each, 2 processors for all, broker included.",
                        "  Bare inference of the archive, batches of 64: 200 (200 to 200) microseconds of processor time an image.",
                        "                                                 events per second  processor microseconds an event  efficiency",
                        "  hemline                                       750 (500 to 1,000)                 400 (400 to 400)        0.50",
                        "  consumer and producer, same archive             375 (250 to 500)                 800 (800 to 800)        0.25",
                        "  Events per second of hemline, times those of; median of the rounds (lowest to highest)",
                        "  consumer and producer, same archive          2.00 (2.00 to 2.00)",
                        "  All answered the same events; at most 1 of 1,000 labels differ.");
        assertThat(lines).anyMatch(line -> line.contains("is soon done with"));
    }

    @Test
    void shouldWriteTheFieldsThatScriptsKnow() throws Exception {
        String json = JsonFile.line(report(this::play));

        assertThat(json)
                .startsWith(
                        "{\"model\":{\"network\":\"tiny\",\"precision\":\"FLOAT32\"},\"guarantee\":\"EXACTLY_ONCE_V2\",\"events\":1000,"
                                + "\"rounds\":2,\"threads\":2,\"processors\":2,\"loadBefore\":0.0,\"bareMicros\":{\"median\":200.0,")
                .contains(
                        "\"rows\":[{\"contender\":\"hemline\",\"eventsPerSecond\":{\"name\":\"hemline\",\"imagesPerSecond\":{",
                        "\"otherLabels\":1}",
                        "\"ratios\":[{\"name\":\"hemline\",\"to\":\"consumer and producer, same archive\",\"times\":{");
    }

    @Test
    void shouldFailWhereAContenderAnswersOtherEvents() {
        assertThatIllegalStateException()
                .isThrownBy(() -> report((contender, round) -> contender == Contender.LOOP
                        ? new Played(
                                new Work(1, Duration.ofSeconds(1), Duration.ofSeconds(1)), new Answers(Map.of("a", 1)))
                        : play(contender, round)))
                .withMessageStartingWith("consumer and producer, same archive answered 1 events");
    }
}
