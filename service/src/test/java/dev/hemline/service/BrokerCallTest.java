package dev.hemline.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hemline.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
        try (ServerSocket listener = listener()) {
            serve(listener, BrokerCallTest::answerAsAWebServer);

            assertThatThrownBy(() -> call(listener.getLocalPort())).hasMessageContaining("no Kafka broker");
        }
    }

    @Test
    void shouldSayThatItSpeaksTls() {
        assertThatThrownBy(() -> callAnsweredWith(new byte[] {0x15, 3, 3, 0, 2, 2, 80}))
                .hasMessageContaining("speaks TLS, and security.protocol is PLAINTEXT");
    }

    /** Many hang up on who does not greet them rightly, without an alert. */
    @Test
    @Timeout(60)
    void shouldFindOutThatItSpeaksTlsWhereItHangsUp(@TempDir Path folder) throws Exception {
        SSLContext tls = TestCertificate.make(folder, "a password").server();
        try (ServerSocket listener = listener()) {
            serve(listener, socket -> socket.setSoLinger(true, 0), socket -> {
                var layer = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
                layer.setUseClientMode(false);
                layer.startHandshake();
            });

            assertThatThrownBy(() -> call(listener.getLocalPort()))
                    .hasMessageContaining("speaks TLS, and security.protocol is PLAINTEXT");
        }
    }

    @Test
    void shouldFindWhatIsNoBrokerAmongThoseThatAre() throws Exception {
        try (ServerSocket broker = listener();
                ServerSocket other = listener()) {
            serve(broker, socket -> answer(socket, new byte[] {0, 0, 0, 10, 0, 0, 0, 7}));
            serve(other, BrokerCallTest::answerAsAWebServer);
            int port = other.getLocalPort();

            assertThatThrownBy(() -> BrokerCall.requireAnswer(
                            KafkaSettings.of("localhost:" + broker.getLocalPort() + ",localhost:" + port)))
                    .hasMessageStartingWith("Not only brokers answer at ")
                    .hasMessageContaining("(localhost:" + port + ": what listens there is no Kafka broker)");
        }
    }

    @Test
    void shouldDoWithOneBrokerOfTwo() throws Exception {
        try (ServerSocket broker = listener()) {
            serve(broker, socket -> answer(socket, new byte[] {0, 0, 0, 10, 0, 0, 0, 7}));

            BrokerCall.requireAnswer(KafkaSettings.of("localhost:1,localhost:" + broker.getLocalPort()));
        }
    }

    @Test
    void shouldKeepAppsFromWhatIsNoBroker() throws Exception {
        try (ServerSocket listener = listener()) {
            serve(listener, BrokerCallTest::answerAsAWebServer, BrokerCallTest::answerAsAWebServer);
            KafkaSettings kafka = KafkaSettings.of("localhost:" + listener.getLocalPort());

            assertThat(StartUp.findsKafka(kafka, Topics.ALL)).isFalse();
            assertThatThrownBy(() -> KafkaTopics.create(kafka, Topics.ALL)).hasMessageContaining("no Kafka broker");
        }
    }

    private static void answerAsAWebServer(Socket socket) throws IOException {
        answer(socket, "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
    }

    private static void answer(Socket socket, byte[] answer) throws IOException {
        socket.getInputStream().readNBytes(14);
        socket.getOutputStream().write(answer);
    }

    private static void callAnsweredWith(byte[] answer) throws Exception {
        try (ServerSocket listener = listener()) {
            serve(listener, socket -> answer(socket, answer));
            call(listener.getLocalPort());
        }
    }

    private interface Visit {
        void receive(Socket socket) throws IOException;
    }

    /** One connection after the other, each in its own way. */
    private static void serve(ServerSocket listener, Visit... visits) {
        Thread server = new Thread(() -> {
            for (Visit visit : visits) {
                try (Socket socket = listener.accept()) {
                    visit.receive(socket);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        server.setDaemon(true);
        server.start();
    }
}
