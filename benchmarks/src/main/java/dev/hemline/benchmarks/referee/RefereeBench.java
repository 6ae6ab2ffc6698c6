package dev.hemline.benchmarks.referee;

import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Chance;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.quality.experiment.Design;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hemline bench referee}: simulates experiments whose truth is known, and sees how the product's own rules decide them. */
@Command(
        name = "referee",
        description = {
            "How often a candidate version is promoted that should not be, and how many labels it takes where it should. Two"
                    + " versions answer the same simulated events; labels come late, in any order, from 1 to 16 partitions; the"
                    + " product's own experiment looks after every label until it decides or labels run out.",
            "",
            "Beside it: McNemar's test at 5 %% that is asked again every 500 labels, as somebody does who looks at a dashboard"
                    + " once a day; the labels that it needs if it is asked once; and the fewest that any test can do with which"
                    + " may be looked at after every label. No broker is needed.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline bench referee --json referee.json --chart labels.svg",
            "  hemline bench referee --experiments 10000 --differences 0 --labels 50000"
        })
public final class RefereeBench extends Bench.Charted<RefereeReport> {
    private static final int FEWEST_LABELS = 100;

    /** Of nine classes and of the tenth. */
    private static final double[][] BAD_FOR_ONE = {{0.03, -0.2}, {0.03, -0.12}};

    @Option(names = "--experiments", paramLabel = "N", description = "Of each kind of candidate.")
    @Within({20, 1_000_000})
    int experiments = 1_000;

    @Option(
            names = "--differences",
            paramLabel = "D",
            split = ",",
            defaultValue = "-0.05,-0.02,-0.01,0,0.01,0.02,0.05",
            description = "By how much the candidate's accuracy is higher.")
    @Within({-0.5, 0.5})
    List<Double> differences = List.of();

    @Option(
            names = "--margins",
            paramLabel = "M",
            split = ",",
            defaultValue = "0,0.01",
            description = "By how much it may be lower; with 0 it has to be higher.")
    @Within({0, 0.1})
    List<Double> margins = List.of();

    @Option(names = "--alpha", paramLabel = "P", description = "Wrong promotions that are allowed.")
    @Within({0.0001, 0.5})
    double alpha = 0.05;

    @Option(names = "--labels", paramLabel = "N", description = "After so many an experiment ends undecided.")
    @Within({FEWEST_LABELS, 10_000_000})
    int labels = 20_000;

    @Option(names = "--seed", paramLabel = "N", description = "What chance is drawn from; the same gives the same.")
    long seed = 1;

    public RefereeBench() {
        super("Candidates");
    }

    @Override
    protected void requireValidFlags() {
        Flags.require(
                differences.stream().distinct().count() == differences.size(), "--differences names one of them twice");
    }

    @Override
    protected RefereeReport measure(Run run) {
        var chance = new Chance(seed);
        int all = margins.size() * differences.size() + BAD_FOR_ONE.length;
        int done = 0;
        List<Row> rows = new ArrayList<>();
        for (double margin : margins) {
            for (double difference : differences) {
                run.progress().at(done++, all, difference + ", margin " + margin);
                rows.add(Row.of(difference, design(margin), experiments, chance));
            }
        }
        List<BadForOneClass> badForOne = new ArrayList<>();
        for (double[] candidate : BAD_FOR_ONE) {
            run.progress().at(done++, all, "bad for one class");
            badForOne.add(BadForOneClass.of(candidate[0], candidate[1], design(0), experiments, chance));
        }
        return new RefereeReport(experiments, labels, alpha, seed, run.machine(), rows, badForOne);
    }

    private Design design(double margin) {
        return new Design(alpha, margin, 0.1, FEWEST_LABELS, labels, SimulatedPair.SEGMENTS);
    }
}
