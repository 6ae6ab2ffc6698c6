package dev.hemline.classifier.status;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** A name for this instance that a person can find it by: host, process, and a few letters that a restart changes. */
final class InstanceName {
    private static final int LETTERS = 4;

    private InstanceName() {}

    static String here() {
        return host() + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, LETTERS);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
