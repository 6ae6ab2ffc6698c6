package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "a:1,b-2.example:65535", "[::1]:9092", "SASL_SSL://host:9092"})
    void shouldAcceptHostsWithPorts(String servers) {
        assertThat(KafkaSettings.of(servers).bootstrapServers()).isEqualTo(servers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enable.auto.commit", "acks", "isolation.level", "processing.guarantee", "group.id"})
    void shouldRefuseSettingsThatPromisesHangOn(String name) {
        assertThatThrownBy(() -> new KafkaSettings("localhost:9092", Map.of(name, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void shouldPrintNoSecrets() {
        var settings = new KafkaSettings("localhost:9092", Map.of("sasl.jaas.config", "password=\"hunter2\""));

        assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", "a:1,", "a:1 b:2", "host:port"})
    void shouldNameTheFlagWhenTheServersMakeNoSense(String servers) {
        assertThatThrownBy(() -> KafkaSettings.of(servers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--bootstrap-servers");
    }
}
