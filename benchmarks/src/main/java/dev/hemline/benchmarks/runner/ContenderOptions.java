package dev.hemline.benchmarks.runner;

import java.util.List;
import picocli.CommandLine.Option;

/** Whom to measure. Use as a picocli {@code @Mixin}. */
public final class ContenderOptions {
    @Option(
            names = "--contenders",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Who takes turns, the one that the others are compared with first; of:"
                            + " ${COMPLETION-CANDIDATES}. Default: all, or where each takes minutes hemline,per_record_djl_blocks")
    List<Contender> contenders;

    /** @param usual who is measured unless told */
    public ContenderOptions(Contender... usual) {
        this.contenders = List.of(usual);
    }

    /** Each once, in the order given: that of their turns. */
    public List<Contender> list() {
        Flags.require(!contenders.isEmpty(), "--contenders needs at least one");
        return contenders.stream().distinct().toList();
    }
}
