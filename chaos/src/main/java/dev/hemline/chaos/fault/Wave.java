package dev.hemline.chaos.fault;

import java.time.Duration;
import java.util.List;

/**
 * Faults that are there at the same time.
 *
 * @param faults one or two, of different parts
 * @param between how long the second comes after the first
 * @param rest how long the stream is left alone after it has recovered
 */
public record Wave(List<Fault> faults, Duration between, Duration rest) {
    public Wave {
        faults = List.copyOf(faults);
    }
}
