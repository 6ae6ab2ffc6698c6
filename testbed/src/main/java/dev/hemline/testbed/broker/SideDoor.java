package dev.hemline.testbed.broker;

/**
 * Another way in, for clients who are told an address that is not the broker's own, such as that of a proxy before it.
 *
 * @param name of the listener: capital letters and digits
 * @param port where the broker listens
 * @param advertisedPort where clients are told to connect
 */
public record SideDoor(String name, int port, int advertisedPort) {}
