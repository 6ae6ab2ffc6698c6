package dev.hemline.quality.experiment;

import java.util.Map;

/**
 * How an experiment stands, and what it waits for. All e-values are natural logarithms.
 *
 * @param logEValue what speaks for the candidate
 * @param logEValueNeeded for a promotion, in all and in each segment that has to be proved
 * @param logEValueAgainst what speaks against it
 * @param logEValueAgainstNeeded for it to be refused
 * @param labelsNeeded before it can end well
 * @param unproved segments that are not proved yet, by what speaks for the candidate there; none in a probation
 */
public record Standing(
        double logEValue,
        double logEValueNeeded,
        double logEValueAgainst,
        double logEValueAgainstNeeded,
        int labelsNeeded,
        Map<Segment, Double> unproved) {}
