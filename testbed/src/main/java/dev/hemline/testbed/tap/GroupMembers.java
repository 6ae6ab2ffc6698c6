package dev.hemline.testbed.tap;

import dev.hemline.service.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;

/** Who shares the work of a consumer group. */
public final class GroupMembers implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5000;

    private final Admin admin;
    private final String group;

    public GroupMembers(KafkaSettings kafka, String group) {
        this.admin = Admin.create(
                kafka.client(Map.of("default.api.timeout.ms", PATIENCE_MILLIS, "request.timeout.ms", PATIENCE_MILLIS)));
        this.group = group;
    }

    /** Whether there are so many, and none comes or goes; false where nobody can tell right now. */
    public boolean settled(int members) throws InterruptedException {
        try {
            ConsumerGroupDescription found =
                    admin.describeConsumerGroups(Set.of(group)).all().get().get(group);
            return found != null
                    && found.groupState() == GroupState.STABLE
                    && found.members().size() == members;
        } catch (ExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofMillis(PATIENCE_MILLIS));
    }
}
