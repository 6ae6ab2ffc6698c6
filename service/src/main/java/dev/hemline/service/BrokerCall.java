package dev.hemline.service;

import dev.hemline.service.access.TlsProbe;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
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

    /** For those after one that answers: they may be down, and a client does without them. */
    private static final int GLANCE_MS = 500;

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

    private static final String SPEAKS_TLS =
            "it speaks TLS, and security.protocol is PLAINTEXT; make it SSL or SASL_SSL, in --kafka-config FILE for instance";

    private BrokerCall() {}

    /**
     * Why nobody answers.
     *
     * @param sentence for instance {@code no broker answers at kafka-1:9092 (kafka-1:9092: Connection refused)}
     * @param passing whether a broker that starts may be all that is missing
     */
    record Problem(String sentence, boolean passing) {
        UserError error() {
            return new UserError(KafkaProblem.withAdvice(sentence));
        }
    }

    /** @throws UserError if nothing that may be a broker answers at any of the addresses, or something else at one */
    static void requireAnswer(KafkaSettings kafka) {
        problem(kafka).ifPresent(problem -> {
            throw problem.error();
        });
    }

    /**
     * Empty if something that may be a broker answers at one of the addresses, and nothing else at any.
     *
     * @throws UserError if they are no addresses
     */
    static Optional<Problem> problem(KafkaSettings kafka) {
        List<InetSocketAddress> brokers;
        try {
            brokers = ClientUtils.parseAndValidateAddresses(
                    List.of(kafka.bootstrapServers().split(",")), "use_all_dns_ips");
        } catch (ConfigException e) {
            if (!KafkaProblem.mayPass(e)) {
                throw KafkaProblem.error(kafka, e);
            }
            return Optional.of(new Problem(KafkaProblem.sentence(kafka, e), true));
        }
        boolean plain = kafka.overrides()
                .getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT")
                .endsWith("PLAINTEXT");
        String why = "";
        boolean answered = false;
        boolean foreign = false;
        for (InetSocketAddress broker : brokers) {
            String address = broker.getHostString() + ":" + broker.getPort();
            try {
                call(broker, address, plain, answered ? GLANCE_MS : PATIENCE_MS / brokers.size());
                answered = true;
            } catch (ProtocolException e) {
                foreign = true;
                why = address + ": " + e.getMessage();
            } catch (IOException e) {
                why = foreign ? why : address + ": " + e.getMessage();
            }
        }
        return answered && !foreign
                ? Optional.empty()
                : Optional.of(new Problem(
                        (answered ? "not only brokers answer at " : "no broker answers at ") + kafka.bootstrapServers()
                                + " (" + why + ")",
                        !foreign));
    }

    /** @throws ProtocolException if somebody else answers */
    private static void call(InetSocketAddress broker, String address, boolean plain, int patienceMs)
            throws IOException {
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
                throw new ProtocolException(SPEAKS_TLS);
            }
            if (answer.readInt() != CORRELATION_ID) {
                throw new ProtocolException("what listens there is no Kafka broker");
            }
        } catch (EOFException | SocketException e) {
            boolean hungUp = !(e instanceof ConnectException || e instanceof NoRouteToHostException);
            if (hungUp && TlsProbe.at(address) == TlsProbe.TLS) {
                throw new ProtocolException(SPEAKS_TLS);
            }
            if (e instanceof SocketException) {
                throw e;
            }
            // A client of Kafka's finds out why.
        }
    }
}
