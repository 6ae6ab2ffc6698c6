package dev.hemline.quickstart.stream;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.control.models.ModelsCommand;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.producer.Summary;
import dev.hemline.service.CommandLineApp;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.Counter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Models change faster than anybody would want, good and bad ones, while events flow. */
@Tag("long")
class ModelStormIT {
    private static final int RATE = 900;
    private static final int LAST = 30;
    /** Why versions are refused. */
    private static final Map<Integer, String> WRONG = Map.of(3, "archive-sha256", 5, "unsigned", 7, "golden-batch");

    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path folder;

    private final SigningKey key = SigningKey.generate();

    @Test
    void shouldGiveEveryEventOneOutcomeWhileVersionsChangeAndBadOnesAreRefused() throws Exception {
        Admission signedOnly =
                new Admission(Optional.of(TrustedKeys.of(key.trustedKey())), Admission.DEFAULT_MAX_MODEL_BYTES);
        Outcomes outcomes = new Outcomes(BROKER.clients());
        publish(1);
        int rolledBackTo;
        int events;
        try (TestClassifier first = start("first", signedOnly);
                TestClassifier second = start("second", signedOnly)) {
            await().atMost(PATIENCE)
                    .until(() -> first.classifier.reasonNotReady().isEmpty()
                            && second.classifier.reasonNotReady().isEmpty());
            var sending = new AtomicBoolean(true);
            CompletableFuture<Summary> sender = CompletableFuture.supplyAsync(
                    () -> SentImages.sendUntil(() -> !sending.get(), BROKER.settings(), RATE, 0.01));
            try {
                for (int version = 2; version <= 10; version++) {
                    publish(version);
                    int published = version;
                    awaitOutcome(() -> hasJudged(first, published) && hasJudged(second, published));
                }
                awaitOutcome(() -> outcomes.versions().contains(10));
                rolledBackTo = rollBack();
                awaitOutcome(() -> !outcomes.stepsBack().isEmpty());
                publishFromTo(11, 13);
                models("unpin");
                publishFromTo(14, LAST);
                awaitOutcome(() -> serving(first) == LAST && serving(second) == LAST);
                awaitOutcome(() -> List.of(first, second).stream()
                        .allMatch(running -> running.count("hemline.classifications") > 0));
            } finally {
                sending.set(false);
            }
            Summary sent = sender.get();
            events = Math.toIntExact(sent.sent());
            // Not by the metrics: series of versions long replaced are taken away.
            awaitOutcome(() -> outcomes.count() >= events);

            assertThat(both(first, second, "hemline.rejects")).isEqualTo((double) sent.bad());
            assertThat(List.of(first, second)).allSatisfy(running -> {
                assertThat(refusals(running)).containsExactlyInAnyOrderElementsOf(WRONG.values());
                assertThat(running.count("hemline.model.swaps")).isGreaterThan(5);
            });
        }
        assertThat(outcomes.read(Topics.IMAGE_EVENTS)).hasSize(events);
        outcomes.assertEachEventHasOne();
        outcomes.assertVersionsGoBackOnceAndOnlyTo(rolledBackTo);
    }

    private TestClassifier start(String instance, Admission admission) {
        return TestClassifier.start(BROKER.settings(), "classifier", admission, folder.resolve(instance));
    }

    private static void awaitOutcome(Callable<Boolean> outcome) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(outcome);
    }

    private static boolean hasJudged(TestClassifier classifier, int version) {
        Optional<String> wrong = Optional.ofNullable(WRONG.get(version));
        return wrong.map(reason -> refusals(classifier).contains(reason))
                .orElseGet(() -> serving(classifier) == version);
    }

    private static double serving(TestClassifier classifier) {
        return classifier.metrics.get("hemline.model.version").gauge().value();
    }

    private static double both(TestClassifier first, TestClassifier second, String counter) {
        return first.count(counter) + second.count(counter);
    }

    private int rollBack() throws Exception {
        Matcher answer = Pattern.compile("back from v(\\d+) to v(\\d+)").matcher(models("rollback"));
        assertThat(answer.find()).isTrue();
        return Integer.parseInt(answer.group(2));
    }

    private String models(String verb) throws Exception {
        Path signingKey = folder.resolve(verb + ".pem");
        key.write(signingKey);
        StringWriter out = new StringWriter();
        int exitCode = CommandLineApp.of(new ModelsCommand(), Map.of())
                .setOut(new PrintWriter(out))
                .execute(
                        verb, "--bootstrap-servers", BROKER.bootstrapServers(), "--signing-key", signingKey.toString());
        assertThat(exitCode).as(verb).isZero();
        return out.toString();
    }

    private void publishFromTo(int first, int last) throws Exception {
        for (int version = first; version <= last; version++) {
            publish(version);
        }
    }

    /** As {@link #WRONG} says. */
    private void publish(int version) throws Exception {
        switch (version) {
            case 3 -> TestModels.publishCorrupt(BROKER.settings(), version, key);
            case 5 -> TestModels.publish(BROKER.settings(), version, Optional.empty());
            case 7 -> TestModels.publishBroken(BROKER.settings(), version, Optional.of(key));
            default -> TestModels.publish(BROKER.settings(), version, Optional.of(key));
        }
    }

    private static List<String> refusals(TestClassifier running) {
        return running.metrics.find("hemline.models.refused").counters().stream()
                .filter(counter -> counter.count() > 0)
                .peek(counter -> assertThat(counter.count()).isEqualTo(1))
                .map(Counter::getId)
                .map(id -> Objects.requireNonNull(id.getTag("reason")))
                .toList();
    }
}
