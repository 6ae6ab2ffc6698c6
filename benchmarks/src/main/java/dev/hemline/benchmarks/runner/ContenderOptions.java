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

    private ContenderOptions(List<Contender> usual) {
        this.contenders = usual;
    }

    /** All of them, unless told. */
    public static ContenderOptions all() {
        return new ContenderOptions(List.of(Contender.values()));
    }

    /** Hemline and the usual one, unless told. */
    public static ContenderOptions two() {
        return new ContenderOptions(List.of(Contender.HEMLINE, Contender.PER_RECORD_DJL_BLOCKS));
    }

    /** Each once, in the order given: that of their turns. */
    public List<Contender> list() {
        Flags.require(!contenders.isEmpty(), "--contenders needs at least one");
        return contenders.stream().distinct().toList();
    }
}
