package dev.hemline.classifier;

import dev.hemline.classifier.ClassifierSettings.Delivery;
import dev.hemline.classifier.challenger.Role;
import dev.hemline.classifier.engine.EngineSettings;
import dev.hemline.classifier.lifecycle.Admission;
import dev.hemline.image.ImageLimits;
import dev.hemline.model.archive.Precision;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.model.signing.KeyFileException;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a classifier. Use as a picocli {@code @Mixin}. */
public final class ClassifierOptions {
    @Option(
            names = "--application-id",
            paramLabel = "ID",
            defaultValue = "hemline-classifier",
            description = "Instances with the same id share the partitions. Default: ${DEFAULT-VALUE}")
    String applicationId = "hemline-classifier";

    @Option(
            names = "--challenger",
            description =
                    "Answer to topic shadow-classifications, with the version that hemline models challenge names, beside"
                            + " the classifiers of the same --application-id and without their noticing. It has a group of its own,"
                            + " <application-id>-challenger, and idles while there is no such version.")
    boolean challenger;

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            defaultValue = "0.2",
            description =
                    "Of a challenger: the share of events that it answers, 0 to 1, chosen by a hash of their ids; give all"
                            + " challengers of an application the same. Default: ${DEFAULT-VALUE}")
    double share;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The model to serve. Default: whichever was published last; with --trusted-keys the one whose"
                    + " versions were signed first, and no other from then on.")
    @Nullable
    String model;

    @Option(
            names = "--trusted-keys",
            paramLabel = "FILE|DIR",
            description = "Serve only models signed with one of these public keys, a PEM file or a folder of them."
                    + " Repeatable; several in HEMLINE_TRUSTED_KEYS are separated by commas. Default: unsigned models"
                    + " are served too",
            split = ",")
    List<Path> trustedKeys = new ArrayList<>();

    @Option(
            names = "--max-model-bytes",
            paramLabel = "BYTES",
            defaultValue = "" + Admission.DEFAULT_MAX_MODEL_BYTES,
            description = "Refuse larger models before they are put together. Default: ${DEFAULT-VALUE}")
    long maxModelBytes = Admission.DEFAULT_MAX_MODEL_BYTES;

    @Option(
            names = "--delivery",
            paramLabel = "GUARANTEE",
            defaultValue = "exactly-once",
            description = "exactly-once, or at-least-once where doubles after a crash cost less than latency."
                    + " Default: ${DEFAULT-VALUE}")
    String delivery = "exactly-once";

    @Option(
            names = "--stream-threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads that poll, forward and commit; more than one keeps the network busy while another"
                    + " waits for the brokers. Default: ${DEFAULT-VALUE}")
    int streamThreads;

    @Option(
            names = "--inference-threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that run the network, each on one core. Default: ${DEFAULT-VALUE}")
    int inferenceThreads;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "float32",
            description =
                    "What networks compute with: float32, or bfloat16, about 1.5 times as fast where the processor"
                            + " multiplies it itself (avx512_bf16 or amx_bf16 in /proc/cpuinfo), with probabilities that"
                            + " differ by some thousandths. A model that answers otherwise in it is served in float32."
                            + " Default: ${DEFAULT-VALUE}")
    Precision precision = Precision.FLOAT32;

    @Option(
            names = "--max-batch",
            paramLabel = "IMAGES",
            defaultValue = "128",
            description =
                    "Images per run of the network at most; batches grow by themselves with the load. A model that"
                            + " takes 500 ms for fewer, or 16 MB of pixels, gets fewer, and its log line says so."
                            + " Default: ${DEFAULT-VALUE}")
    int maxBatch;

    @Option(
            names = "--max-image-bytes",
            paramLabel = "BYTES",
            defaultValue = "16777216",
            description = "Larger pictures go to the dead letters undecoded. Default: ${DEFAULT-VALUE}")
    int maxImageBytes = ImageLimits.DEFAULT.maxBytes();

    @Option(
            names = "--max-image-pixels",
            paramLabel = "PIXELS",
            defaultValue = "25000000",
            description =
                    "So do those of more pixels by their header, those that take more than 60 ns for each of so many, or"
                            + " more memory than half of the heap, and sides above 65535. Default: ${DEFAULT-VALUE}")
    long maxImagePixels = ImageLimits.DEFAULT.maxPixels();

    @Option(
            names = "--sample-share",
            paramLabel = "SHARE",
            defaultValue = "0.02",
            description = "Share of events whose pictures are written to topic samples as the model saw them, 0 to 1,"
                    + " chosen by a hash of their ids; 1 MiB a second at most. Labels are asked for some of them."
                    + " Default: ${DEFAULT-VALUE}")
    double sampleShare;

    /**
     * What they say.
     *
     * @param stateFolder where Kafka Streams keeps local state
     * @throws UserError if a key cannot be read
     * @throws IllegalArgumentException naming the flag that is wrong
     */
    public ClassifierSettings settings(KafkaSettings kafka, Path stateFolder) {
        Role role = challenger ? Role.CHALLENGER : Role.CHAMPION;
        return new ClassifierSettings(
                kafka,
                role,
                share,
                role.applicationId(applicationId),
                Optional.ofNullable(model),
                new Admission(trusted(), maxModelBytes),
                Delivery.parse(delivery),
                streamThreads,
                new EngineSettings(inferenceThreads, maxBatch),
                new ImageLimits(maxImageBytes, maxImagePixels),
                challenger ? 0 : sampleShare,
                stateFolder);
    }

    /** That of champions, whatever the role is. */
    public String applicationId() {
        return applicationId;
    }

    private Optional<TrustedKeys> trusted() {
        try {
            return trustedKeys.isEmpty() ? Optional.empty() : Optional.of(TrustedKeys.read(trustedKeys));
        } catch (KeyFileException e) {
            throw new UserError("--trusted-keys: " + e.getMessage(), e);
        }
    }

    /** Opens archives for networks that compute with what the flags say. */
    public DjlModelLoader loader() {
        return new DjlModelLoader(precision);
    }
}
