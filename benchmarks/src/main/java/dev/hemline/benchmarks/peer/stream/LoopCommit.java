package dev.hemline.benchmarks.peer.stream;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** How a loop makes its results and its progress last. */
interface LoopCommit {

    /** Before all else. */
    void open();

    /** Results come after this. */
    void begin();

    /**
     * Results and progress are safe when this returns.
     *
     * @param requireTaken throws if a result was sent and not taken
     */
    void commit(Map<TopicPartition, OffsetAndMetadata> done, Runnable requireTaken);

    static LoopCommit of(Guarantee guarantee, Consumer<?, ?> consumer, Producer<?, ?> producer) {
        return switch (guarantee) {
            case EXACTLY_ONCE_V2 -> new Together(consumer, producer);
            case AT_LEAST_ONCE -> new OneAfterTheOther(consumer, producer);
        };
    }

    /** In one transaction, which fails if a result does. */
    record Together(Consumer<?, ?> consumer, Producer<?, ?> producer) implements LoopCommit {
        @Override
        public void open() {
            producer.initTransactions();
        }

        @Override
        public void begin() {
            producer.beginTransaction();
        }

        @Override
        public void commit(Map<TopicPartition, OffsetAndMetadata> done, Runnable requireTaken) {
            producer.sendOffsetsToTransaction(done, consumer.groupMetadata());
            producer.commitTransaction();
        }
    }

    /** Results first; a crash in between gives them again. */
    record OneAfterTheOther(Consumer<?, ?> consumer, Producer<?, ?> producer) implements LoopCommit {
        @Override
        public void open() {}

        @Override
        public void begin() {}

        @Override
        public void commit(Map<TopicPartition, OffsetAndMetadata> done, Runnable requireTaken) {
            producer.flush();
            requireTaken.run();
            consumer.commitSync(done);
        }
    }
}
