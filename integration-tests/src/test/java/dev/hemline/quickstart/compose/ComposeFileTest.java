package dev.hemline.quickstart.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hemline.quickstart.Hemline;
import dev.hemline.quickstart.monitoring.RepositoryFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParseResult;

/** What Compose would take in silence and people would find out later. */
class ComposeFileTest {
    private static final Pattern PINNED = Pattern.compile("\\$\\{HEMLINE_([A-Z]+_)?IMAGE:-[a-z/-]+:v?\\d[\\w.-]*}");
    private static final Pattern SECONDS = Pattern.compile("(\\d+)s");
    private static final String HEMLINES_USER = "10001:10001";

    /** How long the slowest of our apps may take to end, and as much again. */
    private static final int GRACE_SECONDS = 20;

    static Stream<Service> services() throws IOException {
        return ComposeFile.read().services();
    }

    static Stream<Service> ours() throws IOException {
        return ComposeFile.read().ours();
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldPinEveryImageAndLetPeopleNameAnother(Service service) {
        assertThat(service.text("image")).matches(PINNED);
        service.json()
                .path("build")
                .path("args")
                .forEach(image -> assertThat(image.asText()).matches(PINNED));
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldGiveEachServiceBoundsAndNoRights(Service service) {
        assertThat(service.text("mem_limit")).matches("\\d+[mg]");
        assertThat(service.text("cpus")).isNotEmpty();
        assertThat(service.json().path("pids_limit").asInt()).isPositive();
        assertThat(service.text("user")).isNotEmpty().doesNotStartWith("0").doesNotContain("root");
        assertThat(service.json().path("read_only").asBoolean()).isTrue();
        assertThat(service.texts("cap_drop")).containsExactly("ALL");
        assertThat(service.texts("security_opt")).containsExactly("no-new-privileges:true");
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldWatchTheHealthOfWhatStaysUp(Service service) throws IOException {
        boolean once = ComposeFile.read().once().contains(service.name());

        assertThat(service.json().has("healthcheck")).isNotEqualTo(once);
        assertThat(service.text("restart")).isEqualTo(once ? "no" : "unless-stopped");
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldLeaveTimeToEndInOrder(Service service) {
        assertThat(SECONDS.matcher(service.text("stop_grace_period")).replaceAll("$1"))
                .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isGreaterThanOrEqualTo(GRACE_SECONDS));
    }

    @ParameterizedTest
    @MethodSource("services")
    void shouldListenOnThisMachineOnly(Service service) {
        assertThat(service.texts("ports")).allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void shouldRunVerbsAndFlagsThatExist(Service service) {
        String[] command = service.texts("command").toArray(String[]::new);

        ParseResult parsed = Hemline.commandLine(Map.of(), command).parseArgs(command);

        assertThat(parsed.hasSubcommand()).isTrue();
        assertThat(service.text("user")).isEqualTo(HEMLINES_USER);
    }

    @Test
    void shouldServeMetricsWherePrometheusLooksForThem() throws IOException {
        ComposeFile file = ComposeFile.read();
        JsonNode jobs = RepositoryFiles.yaml(RepositoryFiles.PROMETHEUS.resolve("prometheus.yml"))
                .path("scrape_configs");

        assertThat(jobs).hasSize(4).allSatisfy(job -> {
            JsonNode discovery = job.at("/dns_sd_configs/0");
            Service service = file.service(discovery.at("/names/0").asText());
            String port = discovery.path("port").asText();
            assertThat(service.flag("--http-port")).hasValue(port);
            assertThat(service.flag("--http-host")).hasValue("0.0.0.0");
            assertThat(service.json().at("/healthcheck/test/2").asText()).isEqualTo(port);
            assertThat(service.texts("ports")).singleElement().asString().endsWith(":" + port);
        });
    }

    @Test
    void shouldMountOnlyWhatIsThere() throws IOException {
        ComposeFile file = ComposeFile.read();
        Set<String> used = new HashSet<>();
        assertThat(file.services())
                .allSatisfy(service -> service.texts("volumes").forEach(mount -> {
                    String source = mount.substring(0, mount.indexOf(':'));
                    if (source.startsWith("./")) {
                        assertThat(RepositoryFiles.ROOT.resolve(source)).isDirectory();
                        assertThat(mount).endsWith(":ro");
                    } else {
                        used.add(source);
                    }
                }));

        List<String> declared = new ArrayList<>();
        file.json().path("volumes").fieldNames().forEachRemaining(declared::add);
        assertThat(used).containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void shouldMakeTheTopicsBeforeAnyAppStarts() throws IOException {
        ComposeFile file = ComposeFile.read();
        assertThat(file.service("topics").texts("command")).startsWith("topics", "create");

        assertThat(file.ours().filter(service -> !service.name().equals("topics")))
                .allSatisfy(service -> assertThat(awaited(file, service)).contains("topics", "kafka"));
    }

    @Test
    void shouldStopKafkaAfterItsClients() throws IOException {
        assertThat(ComposeFile.read().ours().filter(service -> service.json().has("healthcheck")))
                .hasSize(4)
                .allSatisfy(service -> assertThat(service.dependencies()).contains("kafka"));
    }

    private static Set<String> awaited(ComposeFile file, Service service) {
        Set<String> all = new HashSet<>(service.dependencies());
        service.dependencies().forEach(name -> all.addAll(awaited(file, file.service(name))));
        return all;
    }

    @Test
    void shouldFindKafkaInsideAndFromThisMachine() throws IOException {
        ComposeFile file = ComposeFile.read();
        Service kafka = file.service("kafka");
        Set<String> inside = new HashSet<>();
        file.ours().forEach(service -> service.flag("--bootstrap-servers").ifPresent(inside::add));

        assertThat(inside).containsExactly("kafka:19092");
        assertThat(kafka.environment("KAFKA_ADVERTISED_LISTENERS").split(","))
                .containsExactly("CONTAINERS://kafka:19092", "HOST://localhost:9092");
        assertThat(kafka.environment("KAFKA_LISTENERS")).contains("CONTAINERS://:19092", "HOST://:9092");
        assertThat(kafka.texts("ports")).containsExactly("127.0.0.1:9092:9092");
    }

    @Test
    void shouldKeepThePrivateKeyFromEverybodyButThoseWhoSayWhatServes() throws IOException {
        ComposeFile file = ComposeFile.read();
        Service keys = file.service("keys");
        String secret = keys.mounts().get(keys.flag("--out").orElseThrow());
        String shared = keys.mounts().get(keys.flag("--public-out").orElseThrow());

        assertThat(file.services()
                        .filter(service -> service.mounts().containsValue(secret))
                        .map(Service::name))
                .containsExactlyInAnyOrder("keys", "trainer", "challenger");
        Service trainer = file.service("trainer");
        assertThat(trainer.mounts()
                        .get(trainer.flag("--signing-key").orElseThrow().replace("/hemline.private.pem", "")))
                .isEqualTo(secret);
        Service classifier = file.service("classifier-stream");
        assertThat(classifier.mounts().get(classifier.flag("--trusted-keys").orElseThrow()))
                .isEqualTo(shared);
    }

    @Test
    void shouldTellGrafanaWhereEverythingIs() throws IOException {
        Service grafana = ComposeFile.read().service("grafana");

        assertThat(grafana.environment("PROMETHEUS_URL")).isEqualTo("http://prometheus:9090");
        assertThat(grafana.mounts())
                .containsEntry(grafana.environment("HEMLINE_DASHBOARDS"), "./grafana/dashboards")
                .containsEntry("/etc/grafana/provisioning", "./grafana/provisioning");
    }
}
