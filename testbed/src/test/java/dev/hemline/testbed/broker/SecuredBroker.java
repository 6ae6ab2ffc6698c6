package dev.hemline.testbed.broker;

import static dev.hemline.testbed.Patience.PATIENCE;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;

import dev.hemline.service.KafkaSettings;
import dev.hemline.service.TestCertificate;
import dev.hemline.service.access.RequiredAcl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A broker for all tests of a class that takes clients by TLS with user and password only, and lets nobody but its
 * administrator do anything. Its certificate is made for it; its topics are not.
 */
public final class SecuredBroker implements BeforeAllCallback, AfterAllCallback {
    private static final String ADMIN = "admin";

    private @Nullable Path folder;
    private @Nullable KafkaRaftServer server;
    private @Nullable TestCertificate certificate;
    private @Nullable Admin administrator;
    private String address = "";

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Path temporary = Files.createTempDirectory("hemline-secured-");
        folder = temporary;
        certificate = TestCertificate.make(temporary, "store-" + password(ADMIN));
        BrokerSettings settings = BrokerSettings.alone(temporary.resolve("kafka"), FreePort.any(), FreePort.any());
        address = settings.self().address();
        Files.createDirectories(settings.folder());
        EmbeddedBroker.formatter(settings)
                .setScramArguments(List.of("SCRAM-SHA-512=[name=" + ADMIN + ",password=" + password(ADMIN) + "]"))
                .run();
        Map<String, String> properties = new HashMap<>(settings.properties());
        properties.putAll(secured());
        server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        administrator = Admin.create(admin().client(Map.of()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (administrator != null) {
            administrator.close();
        }
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
        }
        if (folder != null) {
            Utils.delete(folder.toFile());
        }
    }

    private Map<String, String> secured() {
        var secured = new HashMap<>(trusting());
        secured.putAll(Map.of(
                "listener.security.protocol.map",
                "CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms",
                "SCRAM-SHA-512",
                "sasl.mechanism.inter.broker.protocol",
                "SCRAM-SHA-512",
                "listener.name.clients.scram-sha-512.sasl.jaas.config",
                login(ADMIN, password(ADMIN)),
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                certificate().keyStore().toString(),
                "ssl.keystore.password",
                certificate().password(),
                "ssl.key.password",
                certificate().password(),
                "authorizer.class.name",
                RecordingAuthorizer.class.getName(),
                // The nameless one is this node's own controller.
                "super.users",
                "User:" + ADMIN + ";User:ANONYMOUS"));
        return secured;
    }

    private Map<String, String> trusting() {
        return Map.of(
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                certificate().pem().toString());
    }

    private TestCertificate certificate() {
        return Objects.requireNonNull(certificate, "The broker is not started; is the field @RegisterExtension?");
    }

    /** A client that may do everything, for as long as the broker runs. */
    public Admin administrator() {
        return Objects.requireNonNull(administrator, "The broker is not started; is the field @RegisterExtension?");
    }

    private static String login(String user, String password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user + "\" password=\""
                + password + "\";";
    }

    /** What that user logs in with. */
    public static String password(String user) {
        return "password-of-" + user;
    }

    public String bootstrapServers() {
        return address;
    }

    /** Settings of a client that logs in as that user. */
    public Map<String, String> client(String user) {
        var client = new HashMap<>(trusting());
        client.put("security.protocol", "SASL_SSL");
        client.put("sasl.mechanism", "SCRAM-SHA-512");
        client.put("sasl.jaas.config", login(user, password(user)));
        return client;
    }

    /** Settings of somebody who may do everything. */
    public KafkaSettings admin() {
        return new KafkaSettings(address, client(ADMIN));
    }

    /** Makes a user, who may do nothing yet. */
    public void add(String user) throws ExecutionException, InterruptedException {
        var credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        Admin admin = administrator();
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, credential, password(user))))
                .all()
                .get();
        await().atMost(PATIENCE)
                .until(() -> admin.describeUserScramCredentials().users().get().contains(user));
    }

    /** Gives a user these rights and no others; they count when this returns. */
    public void allow(String user, Collection<RequiredAcl> rights) throws ExecutionException, InterruptedException {
        var all = new AclBindingFilter(
                ResourcePatternFilter.ANY,
                new AccessControlEntryFilter("User:" + user, null, AclOperation.ANY, AclPermissionType.ANY));
        Admin admin = administrator();
        admin.deleteAcls(List.of(all)).all().get();
        Set<AclBinding> bindings =
                rights.stream().map(right -> binding(user, right)).collect(toSet());
        admin.createAcls(bindings).all().get();
        await().atMost(PATIENCE)
                .until(() -> Set.copyOf(admin.describeAcls(all).values().get()).equals(bindings));
    }

    /** Whether that user has done what this right is for, on any broker of this JVM. */
    public boolean hasUsed(String user, RequiredAcl right) {
        return RecordingAuthorizer.hasUsed(user, right);
    }

    private static AclBinding binding(String user, RequiredAcl right) {
        return new AclBinding(
                new ResourcePattern(right.resource(), right.name(), right.pattern()),
                new AccessControlEntry("User:" + user, "*", right.operation(), AclPermissionType.ALLOW));
    }
}
