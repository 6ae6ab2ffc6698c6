package dev.hemline.quality.stream;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.UserError;
import dev.hemline.topic.Topic;
import dev.hemline.topic.TopicReader;
import java.util.List;
import java.util.Map;

/** Topics whose records of one id have to meet in one partition. */
public final class Copartitioned {
    private Copartitioned() {}

    /**
     * How many partitions both have.
     *
     * @param otherwise what would be, for people
     * @throws UserError if they differ
     */
    public static int partitions(KafkaSettings kafka, Topic<?, ?> one, Topic<?, ?> other, String otherwise) {
        try (TopicReader reader = new TopicReader(kafka.client(Map.of()))) {
            int ofOne = reader.partitions(List.of(one)).size();
            int ofOther = reader.partitions(List.of(other)).size();
            if (ofOne != ofOther) {
                throw new UserError("Topic " + one + " has " + ofOne + " partitions and topic " + other + " " + ofOther
                        + ", so " + otherwise + "; make them alike");
            }
            return ofOne;
        }
    }
}
