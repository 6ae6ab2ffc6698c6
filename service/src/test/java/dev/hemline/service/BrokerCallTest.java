package dev.hemline.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.SECONDS)
class BrokerCallTest {

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void call(int port) {
        BrokerCall.requireAnswer(KafkaSettings.of("localhost:" + port));
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = listener()) {
            port = closed.getLocalPort();
        }

        assertThatThrownBy(() -> call(port))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("No broker answers at localhost:" + port)
                .hasMessageContaining("Connection refused");
    }

    @Test
    void shouldNotWaitLongForOneThatSaysNothing() throws IOException {
        try (ServerSocket silent = listener()) {
            assertThatThrownBy(() -> call(silent.getLocalPort()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("No broker answers");
        }
    }

    @Test
    void shouldSayThatANameIsUnknown() {
        assertThatThrownBy(() -> BrokerCall.requireAnswer(KafkaSettings.of("broker.invalid:9092")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("broker.invalid:9092 can be resolved");
    }

    /** Whose first bytes a client of Kafka would take for the length of an answer: 1.2 GB. */
    @Test
    void shouldTellAWebServerFromABroker() throws Exception {
        assertThatThrownBy(() -> callAnsweredWith("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)))
                .hasMessageContaining("no Kafka broker");
    }

    @Test
    void shouldSayThatItSpeaksTls() {
        assertThatThrownBy(() -> callAnsweredWith(new byte[] {0x15, 3, 3, 0, 2, 2, 80}))
                .hasMessageContaining("speaks TLS, and security.protocol is PLAINTEXT");
    }

    private static void callAnsweredWith(byte[] answer) throws Exception {
        try (ServerSocket listener = listener()) {
            Thread server = new Thread(() -> {
                try (Socket socket = listener.accept()) {
                    socket.getInputStream().readNBytes(14);
                    socket.getOutputStream().write(answer);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            server.start();
            call(listener.getLocalPort());
        }
    }
}
