package dev.hemline.trainer;

import dev.hemline.service.CommandLineApp;
import dev.hemline.service.DurationConverter;
import dev.hemline.service.HttpOptions;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.Metrics;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.StopSignal;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains when started, and again at intervals, until it is told to end. */
@Command(
        name = "trainer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains a network on Fashion-MNIST when started, publishes a version of the model on topic models whenever it"
                    + " has become better on images held out from training, and stays up for /metrics and /health.",
            "",
            "A first version early:  trainer --validate-every 5000 --validation-images 2000",
            "A fresh try each night: trainer --every 24h",
            ""
        })
public final class TrainerCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerCommand.class);
    private static final Duration GRACE = Duration.ofSeconds(9);

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Train again this long after a training ended, with another seed: 30m, 6h, 1d."
                    + " Default: train once, then stay up")
    private @Nullable Duration every;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private HttpOptions http = new HttpOptions();

    public static void main(String[] args) {
        System.exit(CommandLineApp.run(new TrainerCommand(), args));
    }

    @Override
    public void run() {
        TrainingSettings settings = training.settings();
        PrometheusMeterRegistry registry = Metrics.registry("trainer");
        AtomicBoolean ready = new AtomicBoolean();
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                MonitoringServer server = MonitoringServer.start(
                        http.settings(),
                        registry,
                        () -> ready.get() ? Optional.empty() : Optional.of("getting the dataset and reaching Kafka"));
                TrainingSession session = TrainingSession.open(settings, kafka.settings(), registry)) {
            ready.set(true);
            LOG.debug("Monitoring on port {}", server.port());
            trainUntilStopped(session, stop);
        }
    }

    private void trainUntilStopped(TrainingSession session, StopSignal stop) {
        while (!stop.requested()) {
            session.train(TrainingDisplays.here(), stop::requested);
            if (stop.requested()) {
                LOG.info("Training was stopped");
            } else if (every == null) {
                LOG.info("Training is over; staying up for /metrics and /health until stopped");
                stop.await();
            } else {
                LOG.info("Training is over; the next one starts in {}", every);
                stop.await(every);
            }
        }
    }
}
