package dev.hemline.quickstart.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.event.GroundTruth;
import dev.hemline.event.ImageEvent;
import dev.hemline.event.ImageFormat;
import dev.hemline.fashionmnist.FashionMnistFixture;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.testbed.broker.TestClients;
import dev.hemline.topic.EventSerde;
import dev.hemline.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Images and their labels as they come in life: most labels after their image, some before it, twice, changed, about events
 * that never were, or written by clients that choose partitions in their own way.
 */
final class LabelledEvents implements AutoCloseable {
    private static final LabelledImages IMAGES = FashionMnistFixture.load().test();
    private static final int CLASSES = 10;

    private final KafkaProducer<byte[], byte[]> producer;
    private final String prefix;
    private final Encoding encoding;
    private int sent;

    /** How an event becomes the bytes that travel. */
    interface Encoding {
        Encoding OURS = (number, event) -> encode(event);

        /** @param number of the image that it is about */
        byte[] encode(int number, SpecificRecord event);

        @SuppressWarnings("unchecked") // the serde of its class
        private static byte[] encode(SpecificRecord event) {
            return ((EventSerde<SpecificRecord>) EventSerde.of(event.getClass())).encode(event);
        }
    }

    LabelledEvents(String bootstrapServers) {
        this(bootstrapServers, "event-");
    }

    /** @param prefix of the ids of images */
    LabelledEvents(String bootstrapServers, String prefix) {
        this(bootstrapServers, prefix, Encoding.OURS);
    }

    LabelledEvents(String bootstrapServers, String prefix, Encoding encoding) {
        this.prefix = prefix;
        this.encoding = encoding;
        producer = new TestClients(bootstrapServers).bytesProducer();
    }

    /** Sends images, each with at least one label. */
    void send(int count) {
        for (int i = 0; i < count; i++) {
            sendNext();
        }
        producer.flush();
    }

    private void sendNext() {
        int number = sent++;
        String id = prefix + number;
        int image = number % IMAGES.size();
        int label = IMAGES.label(image);
        if (number % 5 == 0) {
            label(id, label);
            image(id, image);
        } else {
            image(id, image);
            label(id, label);
        }
        if (number % 7 == 0) {
            label(id, label);
        }
        if (number % 11 == 0) {
            label(id, (label + 1) % CLASSES);
        }
        if (number % 13 == 0) {
            label("never-" + number, label);
        }
    }

    private void image(String id, int index) {
        ImageEvent event = ImageEvent.newBuilder()
                .setId(id)
                .setSource("test")
                .setCapturedAt(Instant.now())
                .setFormat(ImageFormat.GRAY8)
                .setWidth(28)
                .setHeight(28)
                .setContent(ByteBuffer.wrap(IMAGES.image(index)))
                .build();
        var unused = producer.send(
                new ProducerRecord<>(Topics.IMAGE_EVENTS.name(), id.getBytes(UTF_8), encoding.encode(sent, event)));
    }

    private void label(String id, int label) {
        GroundTruth truth = new GroundTruth(id, label, Instant.now(), "test");
        // All labels of one event from one client lie in one partition, but not where Kafka's own would put them.
        int partition = Math.floorMod(id.hashCode(), Topics.GROUND_TRUTH.partitions());
        var unused = producer.send(
                new ProducerRecord<>(Topics.GROUND_TRUTH.name(), partition, null, encoding.encode(sent, truth)));
    }

    String prefix() {
        return prefix;
    }

    int sent() {
        return sent;
    }

    @Override
    public void close() {
        producer.close();
    }
}
