package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost:9092", "a:1,b-2.example:65535", "[::1]:9092", "SASL_SSL://host:9092"})
    void shouldAcceptHostsWithPorts(String servers) {
        assertThat(KafkaSettings.of(servers).bootstrapServers()).isEqualTo(servers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", "a:1,", "a:1 b:2", "host:port"})
    void shouldNameTheFlagWhenTheServersMakeNoSense(String servers) {
        assertThatThrownBy(() -> KafkaSettings.of(servers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--bootstrap-servers");
    }
}
