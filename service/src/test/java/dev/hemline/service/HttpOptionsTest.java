package dev.hemline.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpOptionsTest {
    private static final String TOKEN = "0123456789abcdef";

    private final HttpOptions options = new HttpOptions();

    @TempDir
    Path folder;

    @Test
    void shouldStayOnThisMachineAndAskForNothingUnlessTold() {
        HttpSettings settings = options.settings(Map.of());

        assertThat(settings.host()).isEqualTo("localhost");
        assertThat(settings.scheme()).isEqualTo("http");
        assertThat(settings.token()).isEmpty();
    }

    @Test
    void shouldPreferTheTokenInAFileToTheOneInTheEnvironment() throws Exception {
        // Given
        options.tokenFile = Files.writeString(folder.resolve("token"), TOKEN + "\n");

        // When
        HttpSettings settings = options.settings(Map.of("HEMLINE_HTTP_TOKEN", "another-token-than-that"));

        // Then
        assertThat(settings.token())
                .hasValueSatisfying(
                        token -> assertThat(token.isShownBy("Bearer " + TOKEN)).isTrue());
    }

    @Test
    void shouldTakeTheTokenFromTheEnvironment() {
        assertThat(options.settings(Map.of("HEMLINE_HTTP_TOKEN", TOKEN)).token())
                .isPresent();
    }

    @Test
    void shouldRefuseATokenThatCouldBeGuessedAndNotRepeatIt() {
        assertThatThrownBy(() -> options.settings(Map.of("HEMLINE_HTTP_TOKEN", "hunter2")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("at least 16 characters")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        options.tokenFile = folder.resolve("nowhere");

        assertThatThrownBy(() -> options.settings(Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--http-token-file")
                .hasMessageContaining("nowhere");
    }

    @Test
    void shouldAskForThePasswordOfAKeyStore() {
        options.keyStore = folder.resolve("key.p12");

        assertThatThrownBy(() -> options.settings(Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("HEMLINE_HTTP_KEYSTORE_PASSWORD");
    }

    /** Who gives one means HTTPS. */
    @Test
    void shouldRefuseAPasswordWithoutItsKeyStore() {
        options.keyStorePasswordFile = folder.resolve("password");

        assertThatThrownBy(() -> options.settings(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--http-keystore-password-file is of no use without --http-keystore FILE");
    }

    @Test
    void shouldSayThatAKeyStoresPasswordIsWrongWithoutRepeatingIt() throws Exception {
        // Given
        options.keyStore = TestCertificate.make(folder, "right password").keyStore();

        // Then
        assertThatThrownBy(() -> options.settings(Map.of("HEMLINE_HTTP_KEYSTORE_PASSWORD", "wrong password")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--http-keystore")
                .hasMessageContaining("password was incorrect")
                .hasMessageNotContaining("wrong password");
    }

    @Test
    void shouldPrintNoSecrets() throws Exception {
        // Given
        options.keyStore = TestCertificate.make(folder, "right password").keyStore();

        // When
        String settings = options.settings(
                        Map.of("HEMLINE_HTTP_KEYSTORE_PASSWORD", "right password", "HEMLINE_HTTP_TOKEN", TOKEN))
                .toString();

        // Then
        assertThat(settings)
                .contains("localhost.p12")
                .doesNotContain("right password")
                .doesNotContain(TOKEN);
    }

    @Test
    void shouldSayWhatANameIsThatMayBeAskedForAndWhatAPeerIs() {
        options.allowedHosts = List.of("http://here/");
        assertThatThrownBy(() -> options.settings(Map.of()))
                .hasMessageContaining("--http-allowed-hosts takes names without port")
                .hasMessageContaining("'http://here/'");

        options.allowedHosts = List.of("classifier.example", "*");
        options.peers = List.of("classifier-*.example:9401", "10.1.*.*", "here:port");
        assertThatThrownBy(() -> options.settings(Map.of()))
                .hasMessageContaining("--http-peers takes HOST or HOST:PORT")
                .hasMessageContaining("'here:port'");
    }
}
