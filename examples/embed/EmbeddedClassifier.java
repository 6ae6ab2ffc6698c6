import dev.hemline.control.models.PublishedModels;
import dev.hemline.event.*;
import dev.hemline.image.*;
import dev.hemline.model.serving.*;
import dev.hemline.model.signing.TrustedKeys;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.*;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.*;
import org.apache.kafka.streams.kstream.*;
import org.apache.kafka.streams.processor.api.*;

/** EmbeddedClassifier BROKERS TOPIC PUBLIC_KEY: what image events show, by their ids, on a topic of one's own. */
class EmbeddedClassifier {
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    public static void main(String[] args) throws Exception {
        var models = new PublishedModels(KafkaSettings.of(args[0]));
        ModelManifest manifest = models.serving(Optional.empty());
        TrustedKeys.read(List.of(Path.of(args[2]))).require(manifest);
        LoadedModel model = new DjlModelLoader().load(manifest, models.archive(manifest));

        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "embedded-classifier");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        var streams = new KafkaStreams(topology(model, args[1]), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            streams.close(); // its classifiers first,
            model.close(); // then what they were made of: native memory that no garbage collector sees
        }));
        streams.start();
    }

    static Topology topology(LoadedModel model, String output) {
        var builder = new StreamsBuilder();
        var images = Consumed.with(Topics.IMAGE_EVENTS.keySerde(), Topics.IMAGE_EVENTS.valueSerde());
        builder.stream(Topics.IMAGE_EVENTS.name(), images)
                .processValues(() -> new Classify(model), Named.as("classify"))
                .to(output, Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    /** Kafka Streams makes one for each task and never runs it in two threads at once, as a classifier wants it. */
    private static class Classify extends ContextualFixedKeyProcessor<String, ImageEvent, String> {
        private final ModelManifest manifest;
        private final ImageClassifier classifier;

        Classify(LoadedModel model) {
            manifest = model.manifest();
            classifier = model.newClassifier();
        }

        @Override
        public void process(FixedKeyRecord<String, ImageEvent> event) {
            var input = manifest.getInput();
            var pixels = ByteBuffer.allocateDirect(input.getChannels() * input.getHeight() * input.getWidth());
            try {
                DECODER.decode(event.value(), input, pixels);
                float[] probabilities = classifier.classify(pixels.flip(), 1)[0];
                int label = Probabilities.mostLikely(probabilities);
                context().forward(event.withValue(manifest.getLabels().get(label) + " " + probabilities[label]));
            } catch (UnfitImageException e) {
                context().forward(event.withValue("unfit: " + e.getMessage()));
            }
        }

        @Override
        public void close() {
            classifier.close();
        }
    }
}
