package dev.hemline.benchmarks.stream;

import java.util.List;
import picocli.CommandLine.Option;

/** Whom to measure. Use as a picocli {@code @Mixin}. */
public final class ContenderOptions {
    @Option(
            names = "--contenders",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "hemline,per_record_djl_blocks",
            description = "Who takes turns, of: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    List<Way> contenders = List.of();

    /** Each once, in the order given. */
    public List<Way> ways() {
        return contenders.stream().distinct().toList();
    }
}
