package dev.hemline.benchmarks.stream;

import dev.hemline.benchmarks.peer.Contender;
import dev.hemline.benchmarks.runner.Flags;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Whom to measure. Use as a picocli {@code @Mixin}. */
final class ContenderOptions {
    @Option(
            names = "--contenders",
            paramLabel = "NAME",
            split = ",",
            showDefaultValue = Visibility.NEVER,
            description = "Who takes turns, the one that the others are compared with first; of:"
                    + " ${COMPLETION-CANDIDATES}. Default: all, or hemline and per_record_djl_blocks where each takes"
                    + " minutes")
    List<Contender> contenders;

    /** @param usual who is measured unless told */
    ContenderOptions(Contender... usual) {
        this.contenders = List.of(usual);
    }

    /** Each once, in the order given: that of their turns. */
    List<Contender> list() {
        Flags.require(!contenders.isEmpty(), "--contenders needs at least one");
        return contenders.stream().distinct().toList();
    }
}
