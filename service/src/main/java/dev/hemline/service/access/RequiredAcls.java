package dev.hemline.service.access;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;

import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What each program has to be allowed, and no more, where {@code hemline topics create} made the topics before.
 * {@code docs/security.md} says the same with reasons, and a test takes away one right at a time.
 */
public final class RequiredAcls {
    private final Map<String, List<RequiredAcl>> byProgram = new LinkedHashMap<>();

    private RequiredAcls() {}

    /**
     * The rights under the names that settings give.
     *
     * @param applicationId of classifiers
     * @param model that is trained and steered
     */
    public static RequiredAcls of(String applicationId, String model) {
        return new RequiredAcls()
                .with("produce", Topics.IMAGE_EVENTS, READ, WRITE)
                .with("produce", Topics.GROUND_TRUTH, WRITE)
                .with("produce", Topics.LABEL_REQUESTS, READ)
                .with("produce", Topics.SCHEMAS, WRITE)
                .with("produce", GROUP, "hemline-produce-*", READ)
                .with("produce", TRANSACTIONAL_ID, "hemline-produce-*", WRITE)
                .classifier(applicationId)
                .challenger(applicationId, model)
                .with("trainer", Topics.TRAINING_REQUESTS, READ)
                .with("trainer", GROUP, "hemline-trainer-" + model, READ)
                .with("trainer", Topics.SAMPLES, READ)
                .with("trainer", Topics.LABEL_REQUESTS, READ)
                .with("trainer", Topics.GROUND_TRUTH, READ)
                .with("trainer", Topics.DRIFT, READ)
                .with("trainer", Topics.EXPERIMENT_DECISIONS, READ)
                .with("trainer", Topics.EPISODES, READ, WRITE)
                .with("trainer", Topics.LABELLERS, READ, WRITE)
                .publishing("trainer", model)
                .with("trainer", TRANSACTIONAL_ID, "hemline-steering-" + model, WRITE)
                .publishing("train", model)
                .with("train", Topics.TRAINING_REQUESTS, WRITE)
                .reading("models list")
                .reading("models show")
                .reading("models experiments")
                .with("models experiments", Topics.EXPERIMENTS, READ)
                .with("models experiments", Topics.EXPERIMENT_DECISIONS, READ)
                .with("episodes", Topics.EPISODES, READ)
                .with("episodes", Topics.SCHEMAS, READ)
                .with("labellers list", Topics.LABELLERS, READ)
                .with("labellers list", Topics.SCHEMAS, READ)
                .with("labellers quarantine", Topics.LABELLERS, WRITE)
                .with("labellers quarantine", Topics.SCHEMAS, WRITE)
                .with("labellers lift", Topics.LABELLERS, WRITE)
                .with("labellers lift", Topics.SCHEMAS, WRITE)
                .publishing("models publish", model)
                .steering("models pin", model)
                .steering("models unpin", model)
                .steering("models rollback", model)
                .steering("models policy", model)
                .steering("models challenge", model)
                .steering("models promote", model)
                .steering("models reject", model)
                .steering("models retire", model)
                .reading("predict")
                .reading("evaluate")
                .with("watch", Topics.CLASSIFICATIONS, READ)
                .with("watch", Topics.SCHEMAS, READ)
                .with("rejects list", Topics.IMAGE_EVENTS_DLQ, READ)
                .with("rejects list", Topics.IMAGE_EVENTS_REPLAYS, READ)
                .with("rejects show", Topics.IMAGE_EVENTS_DLQ, READ)
                .with("rejects replay", Topics.IMAGE_EVENTS_DLQ, READ)
                .with("rejects replay", Topics.IMAGE_EVENTS_REPLAYS, READ, WRITE, CREATE)
                .with("rejects replay", Topics.IMAGE_EVENTS, READ, WRITE)
                .with("rejects replay", TRANSACTIONAL_ID, "hemline-rejects-replay", WRITE)
                .creatingTopics("topics create");
    }

    private RequiredAcls classifier(String applicationId) {
        String scores = applicationId + "-scores-*";
        return with("classifier", Topics.IMAGE_EVENTS, READ, WRITE, DESCRIBE_CONFIGS)
                .with("classifier", Topics.MODELS, READ)
                .with("classifier", Topics.CLASSIFICATIONS, READ, WRITE)
                .with("classifier", Topics.IMAGE_EVENTS_DLQ, READ, WRITE, DESCRIBE_CONFIGS)
                .with("classifier", Topics.MODEL_STATUS, WRITE)
                .with("classifier", Topics.IMAGE_EVENTS_ATTEMPTS, READ, WRITE)
                .with("classifier", Topics.MODEL_ATTEMPTS, READ, WRITE)
                .with("classifier", Topics.SCHEMAS, READ, WRITE)
                .with("classifier", Topics.GROUND_TRUTH, READ, WRITE)
                .with("classifier", Topics.SCORES, READ, WRITE)
                .with("classifier", Topics.SAMPLES, READ, WRITE, DESCRIBE_CONFIGS)
                .with("classifier", Topics.LABEL_REQUESTS, READ, WRITE)
                .with("classifier", TOPIC, applicationId + "-requests-*", CREATE, READ, WRITE)
                .with("classifier", TOPIC, scores, CREATE, READ, WRITE, DELETE)
                .with("classifier", Topics.DRIFT_BATCHES, READ, WRITE)
                .with("classifier", Topics.DRIFT, READ, WRITE)
                .with("classifier", TOPIC, applicationId + "-drift-*", CREATE, READ, WRITE)
                .with("classifier", Topics.EPISODES, READ)
                .with("classifier", Topics.EXPERIMENTS, READ)
                .with("classifier", Topics.EXPERIMENT_DECISIONS, READ)
                .with("classifier", Topics.SHADOW_CLASSIFICATIONS, READ)
                .with("classifier", GROUP, applicationId + "*", READ)
                .with("classifier", TRANSACTIONAL_ID, applicationId + "*", WRITE);
    }

    private RequiredAcls challenger(String champions, String model) {
        String program = "classifier --challenger";
        String applicationId = champions + "-challenger";
        String referee = champions + "-referee";
        return with(program, Topics.IMAGE_EVENTS, READ)
                .with(program, Topics.MODELS, READ, WRITE)
                .with(program, Topics.SHADOW_CLASSIFICATIONS, READ, WRITE)
                .with(program, Topics.SCORES, READ)
                .with(program, Topics.EXPERIMENT_COUNTS, READ, WRITE)
                .with(program, Topics.EXPERIMENTS, WRITE)
                .with(program, Topics.EXPERIMENT_DECISIONS, READ, WRITE)
                .with(program, Topics.LABELLERS, READ)
                .with(program, Topics.MODEL_STATUS, WRITE)
                .with(program, Topics.IMAGE_EVENTS_ATTEMPTS, READ, WRITE)
                .with(program, Topics.MODEL_ATTEMPTS, READ, WRITE)
                .with(program, Topics.SCHEMAS, READ, WRITE)
                .with(program, TOPIC, referee + "-*", CREATE, READ, WRITE)
                .with(program, GROUP, applicationId, READ)
                .with(program, GROUP, referee, READ)
                .with(program, TRANSACTIONAL_ID, applicationId + "*", WRITE)
                .with(program, TRANSACTIONAL_ID, referee + "*", WRITE)
                .with(program, TRANSACTIONAL_ID, "hemline-steering-" + model, WRITE);
    }

    private RequiredAcls publishing(String program, String model) {
        return with(program, Topics.MODELS, READ, WRITE)
                .with(program, Topics.SCHEMAS, READ, WRITE)
                .with(program, TRANSACTIONAL_ID, "hemline-trainer-" + model, WRITE);
    }

    private RequiredAcls reading(String program) {
        return with(program, Topics.MODELS, READ)
                .with(program, Topics.MODEL_STATUS, READ)
                .with(program, Topics.SCHEMAS, READ);
    }

    private RequiredAcls steering(String program, String model) {
        return reading(program)
                .with(program, Topics.MODELS, WRITE)
                .with(program, Topics.SCHEMAS, WRITE)
                .with(program, TRANSACTIONAL_ID, "hemline-steering-" + model, WRITE);
    }

    private RequiredAcls creatingTopics(String program) {
        Topics.ALL.forEach(topic -> with(program, topic, CREATE, DESCRIBE));
        return with(program, Topics.SCHEMAS, WRITE);
    }

    private RequiredAcls with(String program, Topic<?, ?> topic, AclOperation... operations) {
        return with(program, TOPIC, topic.name(), operations);
    }

    private RequiredAcls with(String program, ResourceType kind, String name, AclOperation... operations) {
        List<RequiredAcl> rights = byProgram.computeIfAbsent(program, first -> new ArrayList<>());
        for (AclOperation operation : operations) {
            rights.add(RequiredAcl.on(kind, name, operation));
        }
        return this;
    }

    /** Every program that has a row here, by its verb: {@code models list}. */
    public Set<String> programs() {
        return byProgram.keySet();
    }

    /** What a program needs; nothing if it is not known. */
    public List<RequiredAcl> of(String program) {
        return List.copyOf(byProgram.getOrDefault(program, List.of()));
    }
}
