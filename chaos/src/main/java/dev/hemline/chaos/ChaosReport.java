package dev.hemline.chaos;

import dev.hemline.chaos.check.CheckReport;
import java.util.Map;

/**
 * What was done and what came of it; its fields are those of the JSON file.
 *
 * @param seconds how long faults came
 * @param faults by kind: how many, and how long the stream needed after them
 * @param recovery of all faults
 * @param notRecovered faults after which it did not recover before the end
 * @param endedByThemselves programs that ended though nobody ended them, and were started again
 * @param models versions published
 * @param badModels versions published that must never answer, by reason
 * @param acknowledged image events that brokers said they have
 * @param outcomes what became of the events
 * @param clean whether nothing was lost, doubled or wrong
 */
record ChaosReport(
        String design,
        long seed,
        double seconds,
        double rate,
        Map<String, Recoveries.Seconds> faults,
        Recoveries.Seconds recovery,
        int notRecovered,
        int endedByThemselves,
        int models,
        Map<String, Long> badModels,
        long acknowledged,
        CheckReport outcomes,
        boolean clean) {}
