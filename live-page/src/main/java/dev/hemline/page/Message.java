package dev.hemline.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hemline.service.JsonFile;
import java.io.IOException;
import java.io.OutputStream;

/** A server-sent event, written once for all browsers. */
final class Message {
    private final byte[] bytes;

    private Message(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param body records of numbers and text, in one line as server-sent events need it */
    static Message of(String event, Object body) {
        return new Message(("event: " + event + "\ndata: " + JsonFile.line(body) + "\n\n").getBytes(UTF_8));
    }

    /** As it is written. */
    @Override
    public String toString() {
        return new String(bytes, UTF_8);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }
}
