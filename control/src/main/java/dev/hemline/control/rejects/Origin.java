package dev.hemline.control.rejects;

import org.apache.kafka.common.TopicPartition;

/** Where a letter's event stood when it was rejected. */
record Origin(String topic, int partition, long offset) {
    TopicPartition topicPartition() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
