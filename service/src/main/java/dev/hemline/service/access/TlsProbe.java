package dev.hemline.service.access;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** What stands behind a broker's address, found out by knocking. */
public enum TlsProbe {
    /** Nobody takes connections there. */
    CLOSED,
    TLS,
    /** Somebody takes connections who does not speak TLS. */
    PLAIN;

    private static final int PATIENCE_MS = 3_000;

    /** @param address {@code host:port} */
    @SuppressWarnings("AddressSelection") // one that answers is enough
    public static TlsProbe at(String address) {
        int colon = address.lastIndexOf(':');
        String host = address.substring(address.lastIndexOf('/', colon) + 1, colon);
        int port = Integer.parseInt(address.substring(colon + 1));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            return speaksTls(socket, host, port) ? TLS : PLAIN;
        } catch (IOException e) {
            return CLOSED;
        }
    }

    /** Its certificate need not be one that this JVM trusts: to show one is to speak TLS. */
    private static boolean speaksTls(Socket socket, String host, int port) {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket tls = (SSLSocket) factory.createSocket(socket, host, port, false)) {
            tls.startHandshake();
            return true;
        } catch (IOException e) {
            return e.getCause() instanceof CertificateException;
        }
    }
}
