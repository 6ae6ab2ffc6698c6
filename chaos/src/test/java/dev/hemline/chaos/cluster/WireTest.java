package dev.hemline.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
    private ServerSocket broker = open();
    private Wire wire = new Wire("TEST", Map.of(1, broker.getLocalPort()));
    private Socket client = new Socket();
    private Socket accepted = new Socket();

    @BeforeEach
    void connect() throws IOException {
        client = new Socket("localhost", Utils.getPort(wire.kafka().bootstrapServers()));
        accepted = broker.accept();
        client.setSoTimeout(300);
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        broker.close();
        client.close();
        accepted.close();
    }

    @Test
    void shouldCarryBytesBothWays() throws IOException {
        client.getOutputStream().write(7);
        accepted.getOutputStream().write(9);

        assertThat(accepted.getInputStream().read()).isEqualTo(7);
        assertThat(client.getInputStream().read()).isEqualTo(9);
    }

    @Test
    void shouldHoldBytesBackWhileItIsCutAndDeliverThemAfterwards() throws IOException {
        wire.cut();
        accepted.getOutputStream().write(9);

        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        wire.mend();

        assertThat(client.getInputStream().read()).isEqualTo(9);
    }

    @Test
    void shouldEndTheClientsConnectionWhenTheBrokersEnds() throws IOException {
        accepted.close();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 0, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
