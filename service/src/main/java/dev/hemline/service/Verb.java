package dev.hemline.service;

/** A verb that a module beyond this one adds to {@code hemline}: a picocli command, found by {@link java.util.ServiceLoader}. */
public interface Verb {}
