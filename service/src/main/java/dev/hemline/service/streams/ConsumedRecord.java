package dev.hemline.service.streams;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** A record in a topology, as a consumer has it; with the time that the topology gave it. */
public final class ConsumedRecord {
    private ConsumedRecord() {}

    /** @param at where it was consumed */
    public static ConsumerRecord<byte[], byte[]> of(Record<byte[], byte[]> record, RecordMetadata at) {
        return new ConsumerRecord<>(
                at.topic(),
                at.partition(),
                at.offset(),
                record.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }
}
