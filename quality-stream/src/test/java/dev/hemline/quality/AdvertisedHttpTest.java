package dev.hemline.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.service.HttpSettings;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class AdvertisedHttpTest {
    private static final HttpSettings LOCAL = new HttpSettings("localhost", 0);

    @Test
    void shouldBeWhereTheServerListens() {
        assertThat(AdvertisedHttp.of(null, LOCAL, 9401)).isEqualTo(new HostInfo("localhost", 9401));
    }

    @Test
    void shouldNeverBeAnAddressThatMeansEveryOne() {
        assertThat(AdvertisedHttp.of(null, new HttpSettings("0.0.0.0", 0), 9401).host())
                .isNotBlank()
                .isNotEqualTo("0.0.0.0");
    }

    @Test
    void shouldBeWhatAPersonSays() {
        assertThat(AdvertisedHttp.of("classifier-1", LOCAL, 9401)).isEqualTo(new HostInfo("classifier-1", 9401));
        assertThat(AdvertisedHttp.of("classifier-1:80", LOCAL, 9401)).isEqualTo(new HostInfo("classifier-1", 80));
    }

    @Test
    void shouldNameWhatIsNoAddress() {
        assertThatThrownBy(() -> AdvertisedHttp.of("http://here/", LOCAL, 9401))
                .hasMessageContaining("--advertised-http")
                .hasMessageContaining("'http://here/'");
        assertThatThrownBy(() -> AdvertisedHttp.of("class_2:9402", LOCAL, 9401))
                .hasMessageContaining("cannot be asked over HTTP");
    }
}
