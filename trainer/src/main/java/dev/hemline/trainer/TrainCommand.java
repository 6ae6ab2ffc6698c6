package dev.hemline.trainer;

import dev.hemline.service.CommandLineApp;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.StopSignal;
import dev.hemline.service.UserError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains once and exits. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains a network on Fashion-MNIST, once, and publishes a version of the model on topic models whenever it has"
                    + " become better on images held out from training; or writes the best one to a folder.",
            "",
            "A quick try:               train --limit 5000 --epochs 2",
            "As good as it gets:        train --network large --output large",
            "Go on after a Ctrl-C:      train --network large --output large --resume",
            ""
        })
public final class TrainCommand implements Runnable {
    private static final Duration GRACE = Duration.ofSeconds(9);

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    public static void main(String[] args) {
        System.exit(CommandLineApp.run(new TrainCommand(), args));
    }

    @Override
    public void run() {
        TrainingSettings settings = training.settings();
        if (output.output != null) {
            trainToFolder(settings, output.output);
        } else if (output.resume) {
            throw new UserError("--resume needs the --output that holds the checkpoint");
        } else {
            trainToTopic(settings);
        }
    }

    private void trainToFolder(TrainingSettings settings, Path folder) {
        try (StopSignal stop = StopSignal.onTermination(GRACE)) {
            new FileTraining(settings, folder, output.resume, TrainingDisplays.here()).run(stop::requested);
        }
    }

    private void trainToTopic(TrainingSettings settings) {
        try (StopSignal stop = StopSignal.onTermination(GRACE);
                TrainingSession session = TrainingSession.open(settings, kafka.settings(), new SimpleMeterRegistry())) {
            session.train(TrainingDisplays.here(), stop::requested);
        }
    }
}
