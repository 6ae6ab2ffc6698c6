package dev.hemline.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;

/** A server-sent event, written once for all browsers. */
final class Message {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] bytes;

    private Message(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param body records of numbers and text */
    static Message of(String event, Object body) {
        return new Message(("event: " + event + "\ndata: " + json(body) + "\n\n").getBytes(UTF_8));
    }

    /** In one line, as server-sent events need it. */
    static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Records of numbers and text can be written", e);
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
