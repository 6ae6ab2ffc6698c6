package dev.hemline.control.publish;

import dev.hemline.control.keys.SigningKeyOption;
import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelInput;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelOutput;
import dev.hemline.model.publish.FencedPublisherException;
import dev.hemline.model.publish.ModelChunks;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.model.serving.ModelRefusedException;
import dev.hemline.model.signing.SigningKey;
import dev.hemline.service.BaseCommand;
import dev.hemline.service.KafkaOptions;
import dev.hemline.service.KafkaTopics;
import dev.hemline.service.UserError;
import dev.hemline.service.failure.Causes;
import dev.hemline.topic.ModelKey;
import dev.hemline.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline models publish}. */
@Command(
        name = "publish",
        sortOptions = false,
        description = {
            "Publishes a TorchScript file made elsewhere, for instance by torch.jit.save, as the next version of a model.",
            "",
            "The file is tried out first: what passes here, classifiers take. Publishing takes over from a trainer of the"
                    + " same model that still runs; give it another --model to have both.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  hemline models publish resnet.pt --model clothes --labels labels.txt \\",
            "      --input 3x64x64 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 \\",
            "      --accuracy 0.941 --images 10000"
        })
public final class PublishCommand extends BaseCommand {
    @Parameters(paramLabel = "FILE", description = "The TorchScript file.")
    @Nullable
    Path file;

    @Mixin
    KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--model",
            paramLabel = "NAME",
            required = true,
            description = "The model to publish a version of: lower-case letters, digits and hyphens.")
    String name = "";

    @Option(
            names = "--labels",
            paramLabel = "A,B,C|FILE",
            required = true,
            description = "Class names in the order of the network's outputs, or a text file (UTF-8) with one a line.")
    String labels = "";

    @Option(
            names = "--input",
            paramLabel = "CxHxW",
            required = true,
            description = "Channels (1 grey, 3 colour), height and width of the images it takes: 1x28x28.")
    String input = "";

    @Option(
            names = "--mean",
            paramLabel = "NUMBER",
            split = ",",
            defaultValue = "0",
            description = "Subtracted from pixels scaled to 0..1; one for all channels or one each. Default: 0")
    List<Float> mean = List.of(0f);

    @Option(
            names = "--std",
            paramLabel = "NUMBER",
            split = ",",
            defaultValue = "1",
            description = "What the rest is divided by; one for all channels or one each. Default: 1")
    List<Float> std = List.of(1f);

    @Option(names = "--invert", description = "The network learned light on dark, and pictures come dark on light.")
    boolean invert;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "logits",
            description = "What the network gives: logits or probabilities. Default: ${DEFAULT-VALUE}")
    ModelOutput output = ModelOutput.LOGITS;

    @Option(
            names = "--network",
            paramLabel = "TEXT",
            description = "Its architecture, for people. Default: the file's name")
    @Nullable
    String network;

    @Option(
            names = "--accuracy",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of right answers on images it was not trained on, 0 to 1; goes with --images.")
    double accuracy;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "0",
            description = "On how many images that was measured. Default: 0 for unknown")
    int images;

    @Option(
            names = "--golden-images",
            paramLabel = "DIR",
            description =
                    "Pictures whose answers classifiers have to repeat, the first eight or as many as a manifest of"
                            + " 900 kB has room for. Default: the same noise each time")
    @Nullable
    Path goldenImages;

    @Option(
            names = "--max-model-bytes",
            paramLabel = "BYTES",
            defaultValue = "" + ModelChunks.LARGEST_ARCHIVE_BYTES,
            description =
                    "Refuse a larger file; classifiers refuse it too unless theirs says as much. Default: ${DEFAULT-VALUE}")
    long maxModelBytes = ModelChunks.LARGEST_ARCHIVE_BYTES;

    @Mixin
    SigningKeyOption signingKey = new SigningKeyOption();

    @Override
    public Integer call() {
        if (!ModelKey.NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("--model is lower-case letters, digits and hyphens, not '" + name + "'");
        }
        if (accuracy < 0 || accuracy > 1 || images < 0 || (accuracy > 0 && images == 0)) {
            throw new IllegalArgumentException(
                    "--accuracy is 0 to 1 and goes with --images, how many it was measured on");
        }
        if (maxModelBytes < 1) {
            throw new IllegalArgumentException("--max-model-bytes is at least 1, not " + maxModelBytes);
        }
        Optional<SigningKey> signer = signingKey.read();
        ModelInput shape = ForeignModel.input(input, mean, std, invert);
        GoldenImages.requireRoom(shape);
        byte[] archive = archive(Objects.requireNonNull(file));
        List<byte[]> golden =
                goldenImages == null ? GoldenImages.random(shape) : GoldenImages.read(goldenImages, shape);
        ModelManifest published = publish(draft(shape, archive, golden), archive, signer);
        int replayed = published.getGolden().getImages().size();
        if (replayed < golden.size()) {
            say("Mind: the manifest has room for " + replayed + " of " + golden.size() + " golden images");
        }
        say("Published " + name + " v" + published.getVersion() + ", "
                + (signer.isPresent() ? "signed with " + signer.get().keyId() : "not signed") + ", SHA-256 "
                + published.getArchive().getSha256());
        return 0;
    }

    /** By its size first, then no further than that: a pipe tells none. */
    private byte[] archive(Path place) {
        try (InputStream content = Files.newInputStream(place)) {
            long told = Files.size(place);
            byte[] archive = told > maxModelBytes
                    ? new byte[0]
                    : content.readNBytes((int) Math.min(Integer.MAX_VALUE - 9L, maxModelBytes) + 1);
            long bytes = Math.max(told, archive.length);
            if (bytes > maxModelBytes) {
                throw new UserError(place + " has " + bytes + " bytes or more, and classifiers take models of "
                        + maxModelBytes
                        + "; a larger one needs --max-model-bytes here and there, and memory (docs/models.md)");
            }
            return archive;
        } catch (IOException e) {
            throw new UserError("Cannot read " + place + ": " + e, e);
        }
    }

    private ModelManifest.Builder draft(ModelInput shape, byte[] archive, List<byte[]> golden) {
        String fileName = String.valueOf(Objects.requireNonNull(file).getFileName());
        var model = new ForeignModel(
                network == null ? fileName : network,
                ForeignModel.labels(labels),
                shape,
                output,
                new ModelEvaluation("test", images, accuracy, 0.0),
                fileName);
        try {
            return model.draft(archive, golden, this::say);
        } catch (ModelRefusedException e) {
            throw new UserError(
                    "Not published, for classifiers would refuse it ("
                            + e.reason().code() + "): " + e.getMessage(),
                    e);
        }
    }

    private ModelManifest publish(ModelManifest.Builder draft, byte[] archive, Optional<SigningKey> signer) {
        Map<String, Object> settings = GoldenImages.areLarge(draft.getInput()) ? ModelPublisher.COMPRESSED : Map.of();
        KafkaTopics.ensure(kafka.answering(), List.of(Topics.MODELS));
        KafkaTopics.requireRoom(kafka.settings(), Topics.MODELS, ModelChunks.LARGEST_RECORD_BYTES);
        try (ModelPublisher publisher =
                ModelPublisher.open(name, kafka.settings().client(settings), signer)) {
            return publisher.publish(draft, archive);
        } catch (FencedPublisherException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (KafkaException e) {
            if (Causes.find(e, RecordTooLargeException.class).isPresent()) {
                throw new UserError(
                        "Nothing was published: brokers take no records of " + ModelChunks.LARGEST_RECORD_BYTES
                                + " bytes on topic " + Topics.MODELS + "; raise its max.message.bytes",
                        e);
            }
            throw new UserError(
                    "It is not known whether it was published: " + e.getMessage() + "; hemline models list tells", e);
        }
    }
}
