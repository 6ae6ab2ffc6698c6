package dev.hemline.service;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigException;

/**
 * Calls at the brokers before a client of Kafka does. The client tries for as long as a working one may take, and takes the
 * first bytes of whatever else listens there, a web server say, for the length of an answer and reserves that much memory.
 */
final class BrokerCall {
    /** All brokers together; a command is to give its answer within five seconds, of which the JVM needs one. */
    private static final int PATIENCE_MS = 4_000;

    private static final int CORRELATION_ID = 7;
    private static final int TLS_ALERT = 0x1503;
    /** ApiVersions, version 0, with no client id: the one request that brokers take of everybody. */
    private static final byte[] REQUEST = ByteBuffer.allocate(14)
            .putInt(10)
            .putShort((short) 18)
            .putShort((short) 0)
            .putInt(CORRELATION_ID)
            .putShort((short) -1)
            .array();

    private BrokerCall() {}

    /** @throws UserError if nothing that may be a broker answers at any of the addresses */
    static void requireAnswer(KafkaSettings kafka) {
        List<InetSocketAddress> brokers;
        try {
            brokers = ClientUtils.parseAndValidateAddresses(
                    List.of(kafka.bootstrapServers().split(",")), "use_all_dns_ips");
        } catch (ConfigException e) {
            throw KafkaProblem.error(kafka, e);
        }
        boolean plain = kafka.overrides()
                .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT")
                .endsWith("PLAINTEXT");
        String problem = "";
        for (InetSocketAddress broker : brokers) {
            try {
                call(broker, plain, PATIENCE_MS / brokers.size());
                return;
            } catch (IOException e) {
                problem = broker.getHostString() + ":" + broker.getPort() + ": " + e.getMessage();
            }
        }
        throw new UserError("No broker answers at " + kafka.bootstrapServers() + " (" + problem
                + "); is the broker running, and is --bootstrap-servers right?");
    }

    private static void call(InetSocketAddress broker, boolean plain, int patienceMs) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(broker, patienceMs);
            if (!plain) {
                return;
            }
            socket.setSoTimeout(patienceMs / 2);
            socket.getOutputStream().write(REQUEST);
            var answer = new DataInputStream(socket.getInputStream());
            int length = answer.readInt();
            if (length >>> 16 == TLS_ALERT) {
                throw new IOException("it speaks TLS, and security.protocol is PLAINTEXT; make it SSL or SASL_SSL, in"
                        + " --kafka-config FILE for instance");
            }
            if (answer.readInt() != CORRELATION_ID) {
                throw new IOException("what listens there is no Kafka broker");
            }
        } catch (EOFException e) {
            // Hung up: a client of Kafka's finds out why.
        }
    }
}
