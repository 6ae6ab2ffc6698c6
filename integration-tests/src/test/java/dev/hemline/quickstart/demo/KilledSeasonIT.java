package dev.hemline.quickstart.demo;

import static dev.hemline.testbed.Patience.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hemline.control.models.Policies;
import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.event.ExperimentDecision;
import dev.hemline.event.ExperimentOutcome;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.producer.ImageEventProducer;
import dev.hemline.producer.RunningProducer;
import dev.hemline.quickstart.demo.season.EpisodeFeed;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import dev.hemline.testbed.audit.AuditReport;
import dev.hemline.testbed.audit.StreamAudit;
import dev.hemline.testbed.broker.TestBroker;
import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.testbed.child.ChildProcess;
import dev.hemline.topic.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A season in which all who take part are killed at every step of the episode. */
@Tag("long")
class KilledSeasonIT {
    @RegisterExtension
    static final TestBroker BROKER = new TestBroker();

    @TempDir
    Path root;

    private final List<Victim> victims = new ArrayList<>();

    /** What is killed and started again. */
    private static final class Victim {
        private final ChildCommand command;
        private final Map<String, String> environment;
        private final Path log;
        private ChildProcess process;

        Victim(ChildCommand command, Map<String, String> environment, Path log) {
            this.command = command;
            this.environment = environment;
            this.log = log;
            process = ChildProcess.start(command, environment, log);
        }

        void killAndStart() throws InterruptedException {
            process.kill();
            process = ChildProcess.start(command, environment, log);
        }
    }

    @AfterEach
    void stop() {
        victims.forEach(victim -> victim.process.close());
    }

    @Test
    void shouldEndAsEverWhereTrainerClassifierAndRefereeAreKilledAtEveryStep() throws Exception {
        // Given a season, and its programs
        var options = CommandLine.populateCommand(
                new DemoOptions(),
                "--season=invert",
                "--seconds=3600",
                "--rate=60",
                "--pretrained=" + RepositoryFiles.ROOT.resolve("reference-models/tiny"));
        DemoFolder folder = DemoFolder.in(root);
        start(new DemoPrograms(options, BROKER.settings(), DemoPorts.from(0, true), folder), folder);
        var audit = new StreamAudit(BROKER.settings(), PATIENCE);
        Map<TopicPartition, Long> from = audit.mark();
        options.pretrained().orElseThrow().publish(BROKER.settings(), folder);
        Policies.say(BROKER.settings(), SigningKey.read(folder.signingKey()), options.terms(), "a test");
        var producer = new ImageEventProducer(
                options.producer(), FashionMnist.load(null).test(), BROKER.settings(), new SimpleMeterRegistry());

        // When pictures are inverted after a minute, and all three are killed after each step of the episode
        List<Episode> episodes;
        try (RunningProducer sending = RunningProducer.start(producer);
                EpisodeFeed feed = new EpisodeFeed(BROKER.settings())) {
            episodes = killAtEveryStepOf(feed);
            sending.finish(PATIENCE);
        }

        // Then it ends as it does without that
        assertThat(episodes).hasSize(1);
        assertThat(episodes.get(0).getSteps().stream().map(EpisodeStep::getKind))
                .containsExactly(
                        EpisodeStepKind.ALARMED,
                        EpisodeStepKind.LABELLED,
                        EpisodeStepKind.REFRESHED,
                        EpisodeStepKind.CHALLENGING,
                        EpisodeStepKind.PROMOTED,
                        EpisodeStepKind.RECOVERED);
        assertThat(BROKER.clients().readValues(Topics.EXPERIMENT_DECISIONS).stream()
                        .map(ExperimentDecision::getOutcome)
                        .filter(ExperimentOutcome.PROMOTED::equals))
                .hasSize(1);
        // and every event has one outcome, and every label its score
        Map<TopicPartition, Long> until = audit.mark();
        await().atMost(PATIENCE).untilAsserted(() -> {
            AuditReport report = audit.count(from, until);
            assertThat(report.missing()).isZero();
            assertThat(report.duplicated()).isZero();
            assertThat(report.scores().agrees()).isTrue();
        });
    }

    private void start(DemoPrograms programs, DemoFolder folder) {
        victims.add(new Victim(programs.trainer(), programs.trainerEnvironment(), folder.log("trainer")));
        victims.add(new Victim(programs.classifier(), Map.of(), folder.log("classifier")));
        victims.add(new Victim(programs.challenger().orElseThrow(), Map.of(), folder.log("challenger")));
    }

    private List<Episode> killAtEveryStepOf(EpisodeFeed feed) {
        Set<EpisodeStepKind> known = EnumSet.noneOf(EpisodeStepKind.class);
        await().atMost(PATIENCE.multipliedBy(4)).until(() -> {
            for (Victim victim : victims) {
                victim.process.requireRunning();
            }
            feed.news().forEach(System.out::println);
            for (Episode episode : feed.episodes()) {
                EpisodeStepKind last =
                        episode.getSteps().get(episode.getSteps().size() - 1).getKind();
                if (known.add(last) && episode.getState() != EpisodeState.ENDED) {
                    for (Victim victim : victims) {
                        victim.killAndStart();
                    }
                }
            }
            return feed.episodes().stream().anyMatch(episode -> episode.getState() == EpisodeState.ENDED);
        });
        return feed.episodes();
    }
}
