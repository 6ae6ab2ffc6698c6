package dev.hemline.trainer;

import dev.hemline.service.ClockWatch;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.HttpOptions;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaWatch;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.StartUp;
import dev.hemline.service.StopSignal;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import dev.hemline.trainer.reservoir.ReservoirRoutes;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains when started, and again at intervals, until it is told to end. */
@Command(
        name = "trainer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains a network when there is no model yet, when somebody asks (hemline train --request), and at intervals"
                    + " if told to; publishes what is not worse than the version that serves on topic models, and stays"
                    + " up for /metrics and /health. One trainer a model: of two, the one started later goes on.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  A first version early:",
            "    hemline trainer --validate-every 5000 --validation-images 2000",
            "  A fresh try each night:",
            "    hemline trainer --every 24h"
        })
public final class TrainerCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerCommand.class);
    private static final Duration GRACE = Duration.ofSeconds(9);
    private static final List<Topic<?, ?>> TOPICS = List.of(Topics.MODELS, Topics.TRAINING_REQUESTS);

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Mixin
    private TrainerOptions service = new TrainerOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private HttpOptions http = new HttpOptions();

    private final ReservoirRoutes reservoir = new ReservoirRoutes();

    public static void main(String[] args) {
        System.exit(CommandLineApp.run(new TrainerCommand(), args));
    }

    @Override
    public void run() {
        training.check();
        service.check();
        PrometheusMeterRegistry registry = Metrics.registry("trainer");
        StartUp startUp = new StartUp();
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                ClockWatch clock = ClockWatch.start(stop);
                MonitoringServer server = MonitoringServer.start(http.settings(), registry, startUp, reservoir)) {
            LOG.debug("Monitoring on port {}", server.port());
            if (startUp.awaitKafka(kafka.settings(), TOPICS, stop)) {
                startUp.waitingFor("reading the images");
                serve(registry, startUp, stop);
            }
            clock.requireSteady();
        }
    }

    private void serve(PrometheusMeterRegistry registry, StartUp startUp, StopSignal stop) {
        try (KafkaWatch watch = KafkaWatch.start(kafka.settings(), TOPICS);
                TrainingSession session = TrainingSession.open(training, kafka.settings(), registry);
                RequestQueue queue = RequestQueue.open(kafka.settings(), training.modelName, session::requestRefused);
                LearningLoop loop = service.reservoir == 0
                        ? null
                        : LearningLoop.start(training, service, kafka.settings(), session.images(), registry)) {
            if (loop != null) {
                reservoir.tell(
                        loop.reservoir(), training.modelName, session.images().classNames());
            }
            startUp.done(watch);
            new TrainerService(session, queue, Optional.ofNullable(loop), training, service, kafka.settings(), stop)
                    .run();
        }
    }
}
