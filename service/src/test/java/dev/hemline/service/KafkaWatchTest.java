package dev.hemline.service;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaWatchTest {
    private static final List<Topic<?, ?>> TOPICS = List.of(Topics.IMAGE_EVENTS, Topics.MODELS);
    private static final Node BROKER = new Node(1, "localhost", 9092);

    private final AtomicLong now = new AtomicLong();
    private Function<String, KafkaFuture<TopicDescription>> answer = topic -> there(topic, BROKER);
    private final KafkaWatch watch =
            new KafkaWatch(KafkaSettings.of("localhost:9092"), TOPICS, names -> answers(names), () -> {}, now::get);

    private Map<String, KafkaFuture<TopicDescription>> answers(Collection<String> names) {
        return names.stream().collect(toMap(name -> name, answer));
    }

    private static KafkaFuture<TopicDescription> there(String topic, @Nullable Node leader) {
        var partition = new TopicPartitionInfo(0, leader, List.of(BROKER), List.of());
        return KafkaFuture.completedFuture(
                new TopicDescription(topic, false, List.of(partition), null, Uuid.randomUuid()));
    }

    private static KafkaFuture<TopicDescription> failed(RuntimeException reason) {
        var future = new KafkaFutureImpl<TopicDescription>();
        future.completeExceptionally(reason);
        return future;
    }

    @Test
    void shouldBeReadyWhileEveryTopicHasALeader() {
        watch.look();

        assertThat(watch.reasonNotReady()).isEmpty();
    }

    @Test
    void shouldNameATopicThatIsGoneUntilItIsBack() {
        answer = topic -> topic.equals("models")
                ? failed(new UnknownTopicOrPartitionException("This server does not host"))
                : there(topic, BROKER);
        watch.look();
        assertThat(watch.reasonNotReady())
                .hasValueSatisfying(why -> assertThat(why).contains("topic models is gone", "hemline topics create"));

        answer = topic -> there(topic, BROKER);
        watch.look();
        assertThat(watch.reasonNotReady()).isEmpty();
    }

    @Test
    void shouldNameAPartitionWithoutLeader() {
        answer = topic -> there(topic, null);

        watch.look();

        assertThat(watch.reasonNotReady())
                .hasValueSatisfying(why -> assertThat(why).contains("partition 0 of topic image-events has no leader"));
    }

    @Test
    void shouldForgiveAShortSilenceAndNotALongOne() {
        answer = topic -> failed(new TimeoutException("Timed out"));
        now.addAndGet(Duration.ofSeconds(10).toNanos());
        watch.look();
        assertThat(watch.reasonNotReady()).isEmpty();

        now.addAndGet(Duration.ofSeconds(10).toNanos());
        watch.look();
        assertThat(watch.reasonNotReady()).contains("no broker answers at localhost:9092");
    }

    @Test
    void shouldNotTakeARefusalToLookForSilence() {
        answer = topic -> failed(new TopicAuthorizationException("Not authorized"));
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        watch.look();

        assertThat(watch.reasonNotReady()).isEmpty();
    }
}
