package dev.hemline.quickstart;

import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.FashionMnist;
import dev.hemline.model.folder.ModelFolder;
import dev.hemline.model.publish.ModelPublisher;
import dev.hemline.service.KafkaSettings;
import dev.hemline.testbed.broker.EmbeddedBroker;
import dev.hemline.testbed.untrained.UntrainedModel;
import dev.hemline.topic.Topics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the launcher has a JVM watch when it makes the archive of classes: each page of help, and one picture on its way
 * through a stream. What is not done here works all the same; it only starts as slowly as without an archive. What fails is
 * told on standard error.
 */
final class TrialRun {
    private static final String MODEL = "trial";

    private final KafkaSettings kafka;
    private final Path folder;

    private TrialRun(KafkaSettings kafka, Path folder) {
        this.kafka = kafka;
        this.folder = folder;
    }

    /** @param args a folder to work in, below which it makes its own each time; how many seconds it may take */
    public static void main(String[] args) throws Exception {
        // What was loaded until then is archived: the JVM sees to that when it exits.
        CompletableFuture.delayedExecutor(Long.parseLong(args[1]), TimeUnit.SECONDS)
                .execute(() -> System.exit(1));
        run("--help");
        Hemline.commandLine(Map.of()).getSubcommands().keySet().forEach(verb -> run(verb, "--help"));
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "trial");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            new TrialRun(KafkaSettings.of(broker.bootstrapServers()), folder).classifyOnePicture();
        }
        System.exit(0);
    }

    private void classifyOnePicture() throws Exception {
        runOnBrokers("topics", "create");
        Path picture = picture();
        publish();
        send(picture);
        var classifier = new Thread(() -> runOnBrokers("classifier", "--http-port", "0", "--state-dir", in("state")));
        classifier.start();
        runOnBrokers("watch", "--from-beginning", "--count", "1");
        runOnBrokers("models", "list");
        runOnBrokers("predict", picture.toString());
        run("predict", "--model", in("model"), picture.toString());
        classifier.interrupt();
        classifier.join();
    }

    private Path picture() throws IOException {
        var image = new BufferedImage(FashionMnist.WIDTH, FashionMnist.HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Path file = folder.resolve("picture.png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    private void publish() throws IOException {
        UntrainedModel model = UntrainedModel.of("tiny", 1);
        try (var publisher = ModelPublisher.open(MODEL, kafka.client(Map.of()))) {
            ModelManifest manifest = publisher.publish(model.draft(), model.archive());
            new ModelFolder(Files.createDirectory(folder.resolve("model"))).write(manifest, model.archive());
        }
    }

    private void send(Path picture) throws Exception {
        var event = ImageEvent.newBuilder()
                .setId("trial")
                .setSource("trial")
                .setCapturedAt(Instant.now())
                .setFormat(ImageFormat.PNG)
                .setWidth(0)
                .setHeight(0)
                .setContent(ByteBuffer.wrap(Files.readAllBytes(picture)))
                .build();
        try (var producer = new KafkaProducer<>(
                kafka.client(Map.of()),
                Topics.IMAGE_EVENTS.keySerde().serializer(),
                Topics.IMAGE_EVENTS.valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), event.getId(), event))
                    .get();
        }
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    private void runOnBrokers(String... args) {
        run(Stream.concat(Stream.of(args), Stream.of("--bootstrap-servers", kafka.bootstrapServers()))
                .toArray(String[]::new));
    }

    private static void run(String... args) {
        int code = Hemline.commandLine(Map.of(), args).execute(args);
        if (code != 0) {
            System.err.println(String.join(" ", args) + ": exit code " + code);
        }
    }
}
