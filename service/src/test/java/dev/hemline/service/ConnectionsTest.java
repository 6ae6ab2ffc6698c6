package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final AtomicLong now = new AtomicLong();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Connections connections = new Connections(registry, now::get);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final List<RawHttp> opened = new ArrayList<>();
    private final Server server = new Server();
    private ServerConnector connector;

    @BeforeEach
    void start() throws Exception {
        var configuration = new HttpConfiguration();
        configuration.addCustomizer(connections);
        connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.addBean(connections);
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                if (request.getHttpURI().getPath().equals("/slow")) {
                    asked.countDown();
                    answer.await();
                }
                response.write(true, ByteBuffer.wrap("hello".getBytes(UTF_8)), callback);
                return true;
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        answer.countDown();
        for (RawHttp raw : opened) {
            raw.close();
        }
        server.stop();
    }

    private RawHttp open(String client) throws Exception {
        RawHttp raw = RawHttp.from(client, connector.getLocalPort());
        opened.add(raw);
        return raw;
    }

    private static boolean isServed(RawHttp raw) throws Exception {
        try {
            raw.say(REQUEST);
            return raw.socket().getInputStream().read() == 'H';
        } catch (SocketException e) {
            return false;
        }
    }

    private long bytesIn() {
        return connector.getConnectedEndPoints().stream()
                .mapToLong(endPoint -> endPoint.getConnection().getBytesIn())
                .sum();
    }

    private void minutesLater() {
        now.addAndGet(Duration.ofSeconds(61).toNanos());
        connections.closeIdle(connector);
    }

    @Test
    void shouldServeOthersWhileOneClientOpensAllConnectionsItCan() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertThat(isServed(open("127.0.0.1"))).as("connection %d", i).isTrue();
        }

        assertThat(isServed(open("127.0.0.1"))).isFalse();
        assertThat(isServed(open("127.0.0.2"))).isTrue();
        assertThat(registry.counter("hemline.http.refused", "reason", "connections")
                        .count())
                .isEqualTo(1);

        // When one goes, there is room again.
        opened.get(0).close();
        await().until(() -> isServed(open("127.0.0.1")));
        assertThat(connector.getConnectedEndPoints()).hasSize(51);
    }

    @Test
    void shouldHangUpOnWhoNeverAsksAndOnWhoDoesSoTheNextTime() throws Exception {
        RawHttp never = open("127.0.0.1");
        String begun = "GET / HTTP/1.1\r\nHost: local";
        never.say(begun);
        RawHttp once = open("127.0.0.1");
        assertThat(isServed(once)).isTrue();
        once.say("GET / HTT");
        await().until(() -> bytesIn() == (begun + REQUEST + "GET / HTT").length());

        minutesLater();

        assertThat(never.rest()).isEmpty();
        assertThat(once.rest()).endsWith("hello");
    }

    @Test
    void shouldWaitForAnswersThatTakeLong() throws Exception {
        RawHttp patient = open("127.0.0.1");
        patient.say("GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        minutesLater();
        answer.countDown();

        assertThat(patient.rest()).endsWith("hello");
    }
}
