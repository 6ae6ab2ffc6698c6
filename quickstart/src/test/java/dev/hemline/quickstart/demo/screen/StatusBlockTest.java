package dev.hemline.quickstart.demo.screen;

import static dev.hemline.testbed.TestEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.quickstart.demo.live.LiveStatus;
import dev.hemline.quickstart.demo.live.LiveStatus.Accuracy;
import dev.hemline.quickstart.demo.live.LiveStatus.PublishedModel;
import dev.hemline.quickstart.demo.live.LiveStatus.Quantiles;
import dev.hemline.quickstart.demo.live.LiveStatus.Serving;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jline.utils.AttributedString;
import org.junit.jupiter.api.Test;

class StatusBlockTest {
    private static final Screen.Status BEFORE_THE_FIRST_MODEL = new Screen.Status(
            "sending images",
            Duration.ofSeconds(12),
            Optional.empty(),
            new LiveStatus(
                    Optional.empty(), 2400, 0, Map.of(), 0, new Accuracy(0, 0), new TreeMap<>(), Optional.empty()),
            Optional.empty(),
            Optional.of("no model yet on topic models"));

    private static final Screen.Status RUNNING = new Screen.Status(
            "sending images",
            Duration.ofSeconds(72),
            Optional.of(Duration.ofMinutes(2)),
            new LiveStatus(
                    Optional.of(new Serving("fashion-mnist", 3, Optional.of(new PublishedModel(3, 0.861, NOON)))),
                    14_365,
                    14_210,
                    Map.of("undecodable-event", 90L, "size-mismatch", 53L),
                    200.4,
                    new Accuracy(1000, 872),
                    new TreeMap<>(Map.of(1, new Accuracy(100, 70), 3, new Accuracy(1000, 872))),
                    Optional.of(new Quantiles(14, 38))),
            Optional.of(new TrainingStatus(2, 10, 0.25, 0.412, 0.851, 980)),
            Optional.empty());

    @Test
    void shouldSayWhyNothingIsServedYet() {
        assertThat(plain(BEFORE_THE_FIRST_MODEL))
                .contains("nothing yet: no model yet on topic models")
                .contains("2,400 waiting")
                .contains("no true labels known yet")
                .contains("getting ready");
    }

    @Test
    void shouldShowWhatAPersonWantsToKnow() {
        assertThat(plain(RUNNING))
                .contains("1:12 of 2:00")
                .contains("fashion-mnist v3 · validation accuracy 86.1 %")
                .contains("200 images/s · 14,210 classified · 12 waiting · latency p50 14 ms, p99 38 ms")
                .contains("87.2 % of the last 1,000 · v1 70.0 % · v3 87.2 %")
                .contains("143 · undecodable-event 90 · size-mismatch 53")
                .contains("epoch 2/10 ██████░░░░░░░░░░░░░░░░░░ 25 % · loss 0.412 · accuracy 85.1 % · 980 images/s");
    }

    @Test
    void shouldStayWithinTheTerminal() {
        assertThat(new StatusBlock(true, true).lines(RUNNING, 40))
                .allSatisfy(line -> assertThat(line.columnLength()).isLessThan(40));
    }

    @Test
    void shouldUseNoColourAndNoSignsThatATerminalDoesNotHave() {
        assertThat(new StatusBlock(false, false).lines(RUNNING, 200))
                .allSatisfy(line ->
                        assertThat(line.toAnsi()).isEqualTo(line.toString()).matches("\\p{ASCII}*"));
    }

    @Test
    void shouldFitOnOneLineWhereThereIsNoTerminal() {
        assertThat(LogScreen.line(RUNNING))
                .isEqualTo("1:12 | v3 | 200 images/s | 14,210 classified | 143 rejected | 12 waiting"
                        + " | accuracy 87.2 % | p50 14 ms, p99 38 ms | training epoch 2/10, 25 %, 980 images/s");
        assertThat(LogScreen.line(BEFORE_THE_FIRST_MODEL)).contains("waiting: no model yet on topic models");
    }

    private static String plain(Screen.Status status) {
        List<AttributedString> lines = new StatusBlock(true, true).lines(status, 200);
        return String.join("\n", lines.stream().map(AttributedString::toString).toList());
    }
}
