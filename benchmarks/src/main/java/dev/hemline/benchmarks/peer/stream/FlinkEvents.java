package dev.hemline.benchmarks.peer.stream;

import dev.hemline.event.ImageEvent;
import dev.hemline.topic.EventSerde;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;

/** How Flink reads image events. */
final class FlinkEvents implements DeserializationSchema<ImageEvent> {
    private static final long serialVersionUID = 1L;
    private static final EventSerde<ImageEvent> EVENTS = EventSerde.of(ImageEvent.class);

    @Override
    public ImageEvent deserialize(byte[] message) {
        return EVENTS.decode(message);
    }

    @Override
    public boolean isEndOfStream(ImageEvent event) {
        return false;
    }

    /** Flink would take it apart by its fields otherwise, and finds types there that it knows nothing of. */
    @Override
    public TypeInformation<ImageEvent> getProducedType() {
        return new GenericTypeInfo<>(ImageEvent.class);
    }
}
