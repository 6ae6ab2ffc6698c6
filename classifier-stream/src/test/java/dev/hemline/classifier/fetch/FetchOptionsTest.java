package dev.hemline.classifier.fetch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class FetchOptionsTest {
    /** Whoever gives them believes that pictures are fetched. */
    @ParameterizedTest
    @ValueSource(strings = {"--fetch-patience=15m", "--fetch-ca=stores.pem"})
    void shouldRefuseAFlagThatIsOfNoUse(String flag) {
        var options = new FetchOptions();
        new CommandLine(options).parseArgs(flag);

        assertThatThrownBy(() -> options.open(1_000, new SimpleMeterRegistry()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(flag.split("=", 2)[0] + " is of no use without --fetch-from PREFIX");
    }
}
