package dev.hemline.trainer;

import dev.hemline.event.TrainingRequest;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.CommandLineApp;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.StopSignal;
import dev.hemline.service.UserError;
import dev.hemline.trainer.Occasion.Trigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains once and exits. */
@Command(
        name = "train",
        sortOptions = false,
        description = {
            "Trains a network on Fashion-MNIST, once, and publishes a version of the model on topic models whenever it has"
                    + " become better on images held out from training; or writes the best one to a folder.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  A quick try:",
            "    hemline train --limit 5000 --epochs 2",
            "  As good as it gets:",
            "    hemline train --network large --output large",
            "  Learn from a better one:",
            "    hemline train --teacher large --threads 1 --output tiny",
            "  Ask the trainer that runs:",
            "    hemline train --request --reason \"new returns\"",
            "  Go on after a Ctrl-C:",
            "    hemline train --network large --output large --resume",
            "  How good is that recipe:",
            "    hemline train --folds 5 --epochs 10 --learning-rate 0.05"
        })
public final class TrainCommand extends BaseCommand {
    private static final Duration GRACE = Duration.ofSeconds(9);

    @Mixin
    private TrainingOptions training = new TrainingOptions();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "Write model.pt, manifest.json, history.json and a checkpoint after each epoch to this folder"
                    + " instead of publishing the model. No broker is needed; hemline models publish sends it later")
    private @Nullable Path output;

    @Option(
            names = "--resume",
            description = "Go on from the checkpoint in --output, where there is one, to the same result as if nothing"
                    + " had happened")
    private boolean resume;

    @Option(
            names = "--start-from",
            paramLabel = "DIR",
            description = "Begin with the best network that a training left in this folder, instead of a new one: for a"
                    + " second round, or for images of another kind")
    private @Nullable Path startFrom;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description =
                    "Judge the recipe instead of training one network: deal the training images into K parts, train"
                            + " K times on all but one of them, and print mean and deviation of the accuracy on that one. With"
                            + " --output, folds.json has them too")
    private @Nullable Integer folds;

    @Mixin
    private RequestOptions request = new RequestOptions();

    @Option(
            names = "--force",
            description = "Publish what comes of it even if it is worse than the version that serves")
    private boolean force;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    public static void main(String[] args) {
        System.exit(CommandLineApp.run(new TrainCommand(), args));
    }

    @Override
    public Integer call() {
        training.check();
        if (request.request) {
            ask();
            return 0;
        }
        checkOutput();
        if (output != null) {
            FileTraining.prepare(output);
        }
        try (StopSignal stop = StopSignal.onTermination(GRACE)) {
            if (folds != null) {
                crossValidate(folds, stop::requested);
            } else if (output != null) {
                new FileTraining(training, output, resume, startFrom).run(stop::requested);
            } else {
                trainToTopic(stop::requested);
            }
        }
        return 0;
    }

    private void crossValidate(int folds, BooleanSupplier stop) {
        if (!training.recipe.teachers.isEmpty()) {
            throw new IllegalArgumentException(
                    "--folds goes without --teacher, who has learnt from images that the folds are judged by");
        }
        Optional<CrossValidation.Summary> summary = new CrossValidation(training, folds).run(stop);
        try {
            if (summary.isPresent() && output != null) {
                Files.writeString(output.resolve("folds.json"), JsonFile.text(summary.get()));
            }
        } catch (IOException e) {
            throw new UserError("Cannot write to " + output + ": " + e.getMessage(), e);
        }
    }

    private void trainToTopic(BooleanSupplier stop) {
        try (TrainingSession session = TrainingSession.open(training, kafka.settings(), new SimpleMeterRegistry())) {
            session.train(new TrainingOrder(Occasion.of(Trigger.START), training.recipe(), force), stop);
        } catch (KafkaException e) {
            throw new UserError("Kafka does not do what is needed: " + e.getMessage(), e);
        }
    }

    private void ask() {
        TrainingRequest asked = request.of(training.modelName, force);
        RequestQueue.send(kafka.answering(), asked);
        say(List.of(
                "Asked for a training of " + asked.getModel() + ": request " + asked.getId(),
                "The trainer of that model trains when it is free, and publishes a version unless it is worse than the"
                        + " one that serves; hemline models list shows it"));
    }

    /** @throws IllegalArgumentException if the flags do not go together; the message says which */
    private void checkOutput() {
        if (request.refresh) {
            throw new IllegalArgumentException("--refresh goes with --request: the trainer has the labelled traffic");
        }
        if (!request.reason.isEmpty()) {
            throw new IllegalArgumentException("--reason is of no use without --request");
        }
        if (resume && (output == null || folds != null)) {
            throw new IllegalArgumentException(
                    folds == null
                            ? "--resume needs the --output that holds the checkpoint"
                            : "--folds keeps no checkpoint that --resume could go on from");
        }
        if (startFrom != null && (output == null || folds != null)) {
            throw new IllegalArgumentException("--start-from goes with --output, and without --folds");
        }
        if (folds != null && (folds < 2 || folds > 100)) {
            throw new IllegalArgumentException("--folds is 2 to 100, not " + folds);
        }
    }
}
