package dev.hemline.service.access;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * One thing that a program has to be allowed. Who may read or write a topic may describe it too, so that is not said.
 *
 * @param name of the resource; with {@link PatternType#PREFIXED} what its name begins with
 */
public record RequiredAcl(AclOperation operation, ResourceType resource, String name, PatternType pattern) {

    /** @param name of one resource, or with {@code *} at its end what names begin with */
    public static RequiredAcl on(ResourceType resource, String name, AclOperation operation) {
        return name.endsWith("*")
                ? new RequiredAcl(operation, resource, name.substring(0, name.length() - 1), PatternType.PREFIXED)
                : new RequiredAcl(operation, resource, name, PatternType.LITERAL);
    }

    boolean isPrefix() {
        return pattern == PatternType.PREFIXED;
    }

    /** Whether it is about that resource. */
    boolean concerns(ResourceType kind, String other) {
        return resource == kind && (isPrefix() ? other.startsWith(name) : other.equals(name));
    }

    /** As Kafka's own tools spell it: {@code DescribeConfigs}. */
    public String operationName() {
        var words = new StringBuilder();
        for (String word : operation.name().split("_", -1)) {
            words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }

    /** For instance {@code topic} or {@code transactional id}. */
    String kind() {
        return resource.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** For instance {@code Write on topic scores}. */
    @Override
    public String toString() {
        return operationName() + " on " + kind() + " " + name + (isPrefix() ? "*" : "");
    }
}
