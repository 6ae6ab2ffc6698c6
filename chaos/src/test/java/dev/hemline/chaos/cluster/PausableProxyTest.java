package dev.hemline.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PausableProxyTest {
    private ServerSocket broker = open();
    private PausableProxy proxy = PausableProxy.start(0, broker.getLocalPort());
    private Socket client = new Socket();
    private Socket accepted = new Socket();

    @BeforeEach
    void connect() throws IOException {
        client = new Socket("localhost", proxy.port());
        accepted = broker.accept();
        client.setSoTimeout(300);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
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
    void shouldHoldBytesBackWhileItIsPausedAndDeliverThemAfterwards() throws IOException {
        proxy.pause();
        accepted.getOutputStream().write(9);

        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        proxy.resume();

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
