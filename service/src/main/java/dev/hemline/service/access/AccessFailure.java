package dev.hemline.service.access;

import static java.util.stream.Collectors.joining;

import dev.hemline.service.failure.Causes;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;

/** Says in one sentence why Kafka let a program not in, and what to do. */
public final class AccessFailure {
    private static final String PAGE = "docs/security.md";
    private static final String TOPIC_REFUSED = "Topic authorization failed.";
    private static final String UNRESOLVABLE = "No resolvable";
    private static final String PLAINTEXT = "PLAINTEXT";

    private final String program;
    private final Map<String, Object> client;
    private final List<RequiredAcl> rights;

    /**
     * @param program its verb: {@code models list}
     * @param rights of all programs
     * @param client settings that it connected with; they are used to ask what is missing
     */
    public AccessFailure(String program, RequiredAcls rights, Map<String, Object> client) {
        this.program = program;
        this.rights = rights.of(program);
        this.client = Map.copyOf(client);
    }

    /** Empty if the failure is of another kind. May ask the broker, for some seconds at most. */
    public Optional<String> explain(Throwable failure) {
        // A client that cannot be made may have a better reason further down.
        return Causes.of(failure)
                .map(this::sentence)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> Causes.of(failure)
                        .filter(AccessFailure::isNoClient)
                        .findFirst()
                        .map(cause -> "These Kafka settings make no client: " + told(cause)));
    }

    private Optional<String> sentence(Throwable cause) {
        if (cause instanceof SslAuthenticationException) {
            return Optional.of("The TLS handshake with Kafka at " + servers() + " failed: "
                    + deepest(cause).getMessage()
                    + "; ssl.truststore.location names a store with the certificate that signed the broker's,"
                    + " and the broker's has to be for the host in --bootstrap-servers");
        } else if (cause instanceof AuthenticationException) {
            return Optional.of("Kafka at " + servers() + " does not let this user in: " + cause.getMessage()
                    + "; sasl.mechanism and the name and password in sasl.jaas.config have to be the user's");
        } else if (cause instanceof AuthorizationException refused) {
            return Optional.of("Kafka at " + servers() + " refuses: " + missing(refused) + " (" + PAGE
                    + (rights.isEmpty() ? "" : " lists what '" + program + "' needs") + ")");
        } else if (hidesRefusal(cause)) {
            return sentence(new TopicAuthorizationException(TOPIC_REFUSED));
        } else if (cause instanceof TimeoutException) {
            return wrongDoor();
        }
        return Optional.empty();
    }

    private String missing(AuthorizationException refused) {
        if (refused instanceof GroupAuthorizationException group && group.groupId() != null) {
            return lacking(List.of("Read on group " + group.groupId()));
        } else if (refused instanceof TransactionalIdAuthorizationException) {
            return lacking(rights.stream()
                    .filter(right -> right.resource() == ResourceType.TRANSACTIONAL_ID)
                    .map(RequiredAcl::toString)
                    .toList());
        } else if (refused instanceof TopicAuthorizationException topics) {
            return lacking(missing(topics.unauthorizedTopics()));
        }
        return String.valueOf(refused.getMessage());
    }

    /** @param refused empty where Kafka does not say which */
    private List<String> missing(Collection<String> refused) {
        try (Grants grants = new Grants(client)) {
            Stream<String> topics = refused.isEmpty()
                    ? rights.stream()
                            .filter(right -> right.resource() == ResourceType.TOPIC && !right.isPrefix())
                            .map(RequiredAcl::name)
                            .distinct()
                    : refused.stream();
            List<String> found = topics.flatMap(topic -> rights.stream()
                            .filter(right -> right.concerns(ResourceType.TOPIC, topic))
                            .filter(right -> grants.lacks(topic, right.operation()))
                            .map(right -> right.operationName() + " on topic " + topic))
                    .toList();
            return found.isEmpty() ? guess(refused) : found;
        } catch (KafkaException e) {
            return guess(refused);
        }
    }

    /** Where Kafka cannot be asked: what names begin with is no topic yet. */
    private List<String> guess(Collection<String> refused) {
        if (!refused.isEmpty()) {
            return refused.stream().map(topic -> "a right on topic " + topic).toList();
        }
        String candidates = rights.stream()
                .filter(right -> right.resource() == ResourceType.TOPIC && right.isPrefix())
                .map(RequiredAcl::toString)
                .collect(joining(" or "));
        return candidates.isEmpty() ? List.of() : List.of(candidates);
    }

    private static String lacking(List<String> rights) {
        return rights.isEmpty()
                ? "a right is missing"
                : rights.stream().collect(joining(", ")) + (rights.size() == 1 ? " is missing" : " are missing");
    }

    /** Who waits in vain may have spoken to the right port in the wrong language. */
    private Optional<String> wrongDoor() {
        Object protocol = client.getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, PLAINTEXT);
        boolean speaksTls = protocol.toString().endsWith("SSL");
        TlsProbe door = TlsProbe.at(servers().split(",", 2)[0]);
        if (door == TlsProbe.TLS && !speaksTls) {
            return Optional.of("Kafka at " + servers() + " speaks TLS, and security.protocol is " + protocol
                    + "; make it SSL or SASL_SSL, in --kafka-config FILE for instance");
        } else if (door == TlsProbe.PLAIN && speaksTls) {
            return Optional.of("Kafka at " + servers() + " does not speak TLS, and security.protocol is " + protocol
                    + "; another port may, or make it PLAINTEXT or SASL_PLAINTEXT");
        }
        return Optional.empty();
    }

    private String servers() {
        return String.valueOf(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** Offsets in a transaction are refused in words only. */
    private static boolean hidesRefusal(Throwable cause) {
        return cause instanceof KafkaException
                && String.valueOf(cause.getMessage()).endsWith(TOPIC_REFUSED);
    }

    private static Throwable deepest(Throwable failure) {
        return Causes.of(failure).reduce((cause, deeper) -> deeper).orElse(failure);
    }

    /** Kafka's clients say so when a store of keys cannot be read, or a login makes no sense; a name unknown to DNS is neither. */
    private static boolean isNoClient(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return cause instanceof KafkaException
                && cause.getCause() != null
                && !String.valueOf(cause.getCause().getMessage()).startsWith(UNRESOLVABLE)
                && (message.startsWith("Failed to construct")
                        || message.startsWith("Failed to create new")
                        || message.startsWith("Failed create new"));
    }

    private static String told(Throwable failure) {
        return Causes.of(failure)
                .skip(1)
                .map(cause -> String.valueOf(cause.getMessage()))
                .reduce((whole, cause) -> whole.contains(cause) ? whole : whole + ": " + cause)
                .orElse(String.valueOf(failure.getMessage()));
    }
}
