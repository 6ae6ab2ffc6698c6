package dev.hemline.testbed.broker;

import dev.hemline.service.access.RequiredAcl;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;

/** Kafka's own authorizer, which notes what it has allowed to whom; brokers make it by its name. */
public final class RecordingAuthorizer extends StandardAuthorizer {
    private static final Set<Use> USES = ConcurrentHashMap.newKeySet();

    private record Use(String user, AclOperation operation, ResourceType resource, String name) {}

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
        List<AuthorizationResult> results = super.authorize(context, actions);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) == AuthorizationResult.ALLOWED) {
                var resource = actions.get(i).resourcePattern();
                USES.add(new Use(
                        context.principal().getName(),
                        actions.get(i).operation(),
                        resource.resourceType(),
                        resource.name()));
            }
        }
        return results;
    }

    /** Whether that user has done what this right is for. */
    static boolean hasUsed(String user, RequiredAcl right) {
        return USES.stream()
                .anyMatch(use -> use.user().equals(user)
                        && use.operation() == right.operation()
                        && use.resource() == right.resource()
                        && (right.pattern() == PatternType.PREFIXED
                                ? use.name().startsWith(right.name())
                                : use.name().equals(right.name())));
    }
}
