package dev.hemline.benchmarks.stream;

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
    List<Way> contenders;

    private ContenderOptions(List<Way> usual) {
        this.contenders = usual;
    }

    /** All of them, unless told. */
    public static ContenderOptions all() {
        return new ContenderOptions(List.of(Way.values()));
    }

    /** Hemline and the usual way, unless told. */
    public static ContenderOptions two() {
        return new ContenderOptions(List.of(Way.HEMLINE, Way.PER_RECORD_DJL_BLOCKS));
    }

    /** Each once, in the order given. */
    public List<Way> ways() {
        return contenders.stream().distinct().toList();
    }
}
