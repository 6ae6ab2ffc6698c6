package dev.hemline.chaos.check;

import dev.hemline.model.serving.TorchEngine;
import dev.hemline.service.JsonFile;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline chaos-check}: the count at the end, in a JVM of its own. */
@Command(
        name = CheckCommand.VERB,
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Counts for 'hemline chaos', which starts it, what became of every event.")
public final class CheckCommand implements Verb, Callable<Integer> {
    public static final String VERB = "chaos-check";

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--application-id", required = true, description = "The group of the classifiers.")
    String group = "";

    @Option(names = "--bad-versions", split = ",", description = "Versions that must never answer.")
    Set<Integer> badVersions = new HashSet<>();

    @Option(names = "--patience", required = true, description = "Seconds that draining may take.")
    long patience;

    @Option(names = "--no-scores", description = "Nobody judges labels.")
    boolean noScores;

    @Option(names = "--out", required = true, description = "Where to write what was counted.")
    Path out = Path.of(".");

    @Override
    public Integer call() throws InterruptedException {
        TorchEngine.start(1);
        var check = new StreamCheck(kafka.settings(), group, Duration.ofSeconds(patience), !noScores);
        JsonFile.write(check.run(badVersions), out);
        return 0;
    }
}
