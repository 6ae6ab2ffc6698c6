package dev.hemline.quickstart.demo;

import dev.hemline.event.Drift;
import dev.hemline.event.Episode;
import dev.hemline.event.GroundTruth;
import dev.hemline.event.LabelRequest;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.Corruption;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.quickstart.demo.live.LiveView;
import dev.hemline.quickstart.demo.season.EpisodeFeed;
import dev.hemline.quickstart.demo.season.Season;
import dev.hemline.quickstart.demo.season.Season.Change;
import dev.hemline.quickstart.demo.season.SeasonReport;
import dev.hemline.quickstart.demo.season.VersionAccuracy;
import dev.hemline.service.KafkaSettings;
import dev.hemline.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** A season while it goes on in a demo. Not for several threads. */
final class DemoSeason implements AutoCloseable {
    /** What it is like afterwards is measured for so long. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(30);

    /** What is asked of the parts: a person's patience is short, and the machine has two cores. */
    static final int LABELS = 120;

    static final int EPISODES_PER_DAY = 1_000;
    static final Duration COOLDOWN = Duration.ofSeconds(5);

    /** Every picture is kept, and a few are asked about all the time. */
    static final List<String> CLASSIFIER = List.of("--sample-share=1", "--label-requests=30");

    /** Labels come of all events that are compared, and are few: what is much better shows soon, and of a class not much can be proved. */
    static final List<String> CHALLENGER =
            List.of("--share=1", "--fewest-labels=60", "--segment-margin=0.3", "--probation-labels=100");

    private static final int SEED = 1;

    private final Season season;
    private final KafkaSettings kafka;
    private final EpisodeFeed feed;
    private final TopicTail<LabelRequest> requests;
    private final TopicTail<GroundTruth> labels;
    private final Instant begun = Instant.now();

    DemoSeason(Season season, KafkaSettings kafka) {
        this.season = season;
        this.kafka = kafka;
        feed = new EpisodeFeed(kafka);
        requests = TopicTail.fromNow(kafka, Topics.LABEL_REQUESTS);
        labels = TopicTail.fromNow(kafka, Topics.GROUND_TRUTH);
    }

    /** What has happened since the last look, for people. */
    List<String> news() {
        return feed.news();
    }

    /** Whether the last change has been mended, and what that is worth has been seen. */
    boolean isOver() {
        Change last = season.changes().get(season.changes().size() - 1);
        return feed.recoveredAfter(begun.plus(last.from()))
                .filter(end -> Instant.now().isAfter(end.plus(AFTERWARDS)))
                .isPresent();
    }

    /**
     * What came of it.
     *
     * @param drifts that were told of
     * @param clean unchanged images
     */
    SeasonReport report(List<Drift> drifts, LiveView view, LabelledImages clean) {
        var unused = feed.news();
        List<Episode> episodes = feed.episodes();
        return SeasonReport.of(
                season,
                new SeasonReport.Told(
                        begun,
                        Instant.now(),
                        drifts,
                        episodes,
                        requests.read(),
                        labels.read(),
                        view.history().firstUsed(),
                        view.course(),
                        accuracies(episodes, clean)));
    }

    private List<VersionAccuracy> accuracies(List<Episode> episodes, LabelledImages clean) {
        Map<String, LabelledImages> changed = new LinkedHashMap<>();
        season.corruptions().forEach((kind, corruption) -> changed.put(kind, changed(clean, corruption)));
        SortedMap<Integer, VersionAccuracy> accuracies = new TreeMap<>();
        for (Episode episode : episodes) {
            PublishedVersions model = PublishedVersions.read(episode.getModelName(), kafka.client(Map.of()));
            for (int version : versions(episode)) {
                Optional.ofNullable(model.versions().get(version))
                        .ifPresent(found -> accuracies.computeIfAbsent(
                                version, unknown -> accuracy(found.manifest(), clean, changed)));
            }
        }
        return List.copyOf(accuracies.values());
    }

    private static LabelledImages changed(LabelledImages clean, Corruption corruption) {
        var random = new SplittableRandom(SEED);
        return clean.changed(pixels -> corruption.apply(pixels, clean.width(), clean.height(), random));
    }

    private static Set<Integer> versions(Episode episode) {
        Set<Integer> versions = new TreeSet<>(Set.of(episode.getModelVersion()));
        episode.getSteps().forEach(step -> {
            if (step.getVersion() != null) {
                versions.add(step.getVersion());
            }
        });
        return versions;
    }

    private VersionAccuracy accuracy(ModelManifest version, LabelledImages clean, Map<String, LabelledImages> changed) {
        try (ArchiveClassifier classifier =
                ChosenModel.published(kafka, version).open()) {
            Map<String, Double> accuracies = new LinkedHashMap<>();
            changed.forEach((kind, images) ->
                    accuracies.put(kind, Answers.of(classifier, images).accuracy()));
            return new VersionAccuracy(
                    version.getVersion(), Answers.of(classifier, clean).accuracy(), accuracies);
        }
    }

    @Override
    public void close() {
        feed.close();
    }
}
