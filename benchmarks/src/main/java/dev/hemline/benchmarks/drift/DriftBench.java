package dev.hemline.benchmarks.drift;

import dev.hemline.benchmarks.drift.ClassMixes.Kind;
import dev.hemline.benchmarks.drift.Shift.Change;
import dev.hemline.benchmarks.runner.Bench;
import dev.hemline.benchmarks.runner.Chance;
import dev.hemline.benchmarks.runner.Flags;
import dev.hemline.benchmarks.runner.Flags.Within;
import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.choice.ModelFiles;
import dev.hemline.insight.data.DataOptions;
import dev.hemline.model.serving.ArchiveClassifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hemline bench drift}: changes pictures and classes in every way that a paper did, and sees how soon that is told. */
@Command(
        name = "drift",
        description = {
            "How soon drift is told without labels, and how often for nothing. The experiments are those of Failing Loudly"
                    + " (Rabanser, Günnemann and Lipton, 2019): a model's test images are shifted in 27 ways, and the product's"
                    + " own detector looks at the answers, beside that paper's: a Kolmogorov-Smirnov test on the probabilities"
                    + " of each class at 5 %% for all of them together (BBSDs).",
            "",
            "Mind what is compared. BBSDs is a test that is asked once, and rings for nothing once in 20 times. Ours is asked"
                    + " with every 25 results for as long as there are any, and may ring for nothing once in a million"
                    + " results. So its power after n results is the share of trials whose alarm has come by then. Beside that"
                    + " both are compared alike: asked once, at 5 %%; and in a stream, with our budget.",
            "",
            "Then: results until the alarm for changes at once and for slow ones; what is said when only the class mix"
                    + " changes; false alarms in streams of millions of results in which nothing does. The model is asked about"
                    + " each picture once for each change, and streams are drawn from the answers. No broker is needed.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  hemline bench drift --only power --trials 20 --chart power.svg",
            "  hemline bench drift --only false-alarms --results 20000000",
            "  hemline bench drift --model models/mine --json drift.json"
        })
public final class DriftBench extends Bench.Charted<DriftReport> {
    /** What is measured. */
    enum Part {
        POWER,
        DELAYS,
        RAMPS,
        MIXES,
        FALSE_ALARMS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Option(
            names = "--model",
            paramLabel = "DIR",
            defaultValue = "${sys:hemline.home:-.}/reference-models/tiny",
            description = "The model that is asked: a folder that hemline train --output wrote.")
    Path model = Path.of("");

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Measure only: ${COMPLETION-CANDIDATES}.")
    List<Part> only = List.of(Part.values());

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Of each shift, change and mix; a tenth of it of slow changes.")
    @Within({1, 10_000})
    int trials = 100;

    @Option(
            names = "--sizes",
            paramLabel = "N",
            split = ",",
            defaultValue = "10,20,50,100,200,500,1000,10000",
            description = "After how many results power is told, rising.")
    @Within({2, 100_000})
    List<Integer> sizes = List.of();

    @Option(names = "--results", paramLabel = "N", description = "Of each stream in which nothing changes.")
    @Within({1000, 1_000_000_000})
    int results = 2_000_000;

    @Option(names = "--streams", paramLabel = "N", description = "Streams in which nothing changes.")
    @Within({1, 1000})
    int streams = 3;

    @Option(
            names = "--false-alarms",
            paramLabel = "N",
            description = "What the detector may give for nothing in a million results, as hemline classifier has it.")
    @Within({0.000001, 1000})
    double falseAlarms = 1;

    @Option(names = "--seed", paramLabel = "N", description = "What chance is drawn from; the same gives the same.")
    long seed = 1;

    @Mixin
    DataOptions data = new DataOptions();

    private static final String ASKING = "asking about pictures: ";

    public DriftBench() {
        super("Steps");
    }

    @Override
    protected void requireValidFlags() {
        Flags.require(!draws() || only.contains(Part.POWER), "--chart draws power, which --only leaves out");
        Flags.require(
                sizes.equals(sizes.stream().distinct().sorted().toList()),
                "--sizes have to rise, which " + sizes + " do not");
    }

    @Override
    protected DriftReport measure(Run run) {
        LabelledImages images = data.split().test();
        ChosenModel chosen = ModelFiles.read(model);
        chosen.requireFit(images);
        Set<Part> parts = EnumSet.copyOf(only);
        var protocol = new Protocol(new Chance(seed), trials, falseAlarms, sizes);
        var steps = new Steps(run.progress(), steps(parts));
        try (ArchiveClassifier classifier = chosen.open()) {
            var asked = new AskedModel(classifier, images);
            steps.next(ASKING + "as they are");
            List<Result> originals =
                    asked.results(Corruption.none(), protocol.chance().random("originals", 0));
            return new DriftReport(
                    chosen.title(),
                    images.size(),
                    Result.accuracy(originals),
                    seed,
                    trials,
                    falseAlarms,
                    run.machine(),
                    parts.contains(Part.POWER) ? power(asked, originals, protocol, steps) : List.of(),
                    parts.contains(Part.DELAYS) ? delays(asked, originals, protocol, steps) : List.of(),
                    parts.contains(Part.RAMPS) ? ramps(asked, originals, protocol, steps) : List.of(),
                    parts.contains(Part.MIXES) ? mixes(originals, protocol, steps) : List.of(),
                    parts.contains(Part.FALSE_ALARMS) ? undrifted(originals, protocol, steps) : null);
        }
    }

    /** How far it is. */
    private static final class Steps {
        private final Progress progress;
        private final long all;
        private long done;

        Steps(Progress progress, long all) {
            this.progress = progress;
            this.all = all;
        }

        void next(String what) {
            progress.at(done++, all, what);
        }
    }

    private static long steps(Set<Part> parts) {
        return 1
                + parts.stream()
                        .mapToLong(part -> switch (part) {
                            case POWER -> Change.values().length + 1;
                            case DELAYS -> ChangeDelay.changes().size();
                            case MIXES -> Kind.values().length;
                            case RAMPS, FALSE_ALARMS -> 1;
                        })
                        .sum();
    }

    private static List<Power> power(AskedModel asked, List<Result> originals, Protocol protocol, Steps steps) {
        Map<Change, List<Result>> changed = new EnumMap<>(Change.class);
        for (Change change : Change.values()) {
            steps.next(ASKING + change);
            changed.put(
                    change, asked.results(change.corruption(), protocol.chance().random(change.name(), 0)));
        }
        steps.next("power");
        List<Shift> shifts =
                Stream.concat(Shift.all().stream(), Stream.of(Shift.NONE)).toList();
        return Power.of(shifts, originals, changed, protocol);
    }

    private static List<ChangeDelay> delays(AskedModel asked, List<Result> originals, Protocol protocol, Steps steps) {
        List<ChangeDelay> delays = new ArrayList<>();
        ChangeDelay.changes().forEach((name, change) -> {
            steps.next(name);
            delays.add(ChangeDelay.of(
                    name, originals, asked.results(change, protocol.chance().random(name, -1)), protocol));
        });
        return delays;
    }

    private static List<Ramp> ramps(AskedModel asked, List<Result> originals, Protocol protocol, Steps steps) {
        steps.next("changes that grow");
        return Ramp.all(asked, originals, protocol);
    }

    private static List<ClassMixes> mixes(List<Result> originals, Protocol protocol, Steps steps) {
        List<ClassMixes> mixes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            steps.next("class mixes");
            mixes.add(ClassMixes.of(kind, originals, protocol));
        }
        return mixes;
    }

    private FalseAlarms undrifted(List<Result> originals, Protocol protocol, Steps steps) {
        steps.next("streams in which nothing changes");
        return FalseAlarms.of(originals, results, streams, protocol);
    }
}
