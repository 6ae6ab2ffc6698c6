package dev.hemline.page;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.hemline.event.Drift;
import dev.hemline.event.DriftKind;
import dev.hemline.event.DriftReference;
import dev.hemline.quality.drift.ToldDrifts;
import dev.hemline.quality.drift.ToldDrifts.Told;
import dev.hemline.quality.score.LabelNames;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.topic.ModelKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The alarms that stand about the version that serves, one card for each source.
 *
 * @param cards about pictures first, the strongest first
 * @param more sources that have an alarm, too
 */
record DriftView(int version, List<Card> cards, int more) {
    static final int SHOWN = 3;
    private static final int ALL_CLASSES_APART = 16;

    /**
     * What is said of one source, and what can be seen of it.
     *
     * @param kind {@code pictures} or {@code mix}
     * @param references what results differ from: {@code live}, {@code validation} or both
     * @param sinceAt when that was answered which the change began with, in milliseconds since 1970
     * @param at when it was told
     * @param before results before it
     * @param results since then, when it was told
     * @param moved classes, the most first
     * @param counted results that the shares are of, before and since; 0 where they are those of the alarm
     */
    record Card(
            String source,
            String kind,
            List<String> references,
            long sinceAt,
            long at,
            long before,
            long results,
            double strength,
            List<String> moved,
            List<Share> shares,
            List<Long> counted,
            List<Picture> picturesBefore,
            List<Picture> picturesSince) {}

    /** How often a class was predicted, 0 to 1. */
    record Share(String name, double before, double now) {}

    record Picture(String name, float confidence, Thumbnail picture) {}

    /**
     * Those that stand, the one that says most of each source: changed pictures before a changed mix, what differs from live results
     * before what differs from the validation's.
     */
    static List<List<Drift>> bySource(List<Told> told, ModelKey.Manifest version) {
        Comparator<Drift> mostTelling = Comparator.comparing((Drift alarm) -> alarm.getKind() != DriftKind.PICTURES)
                .thenComparing(alarm -> alarm.getReference() != DriftReference.LIVE);
        List<List<Drift>> sources = new ArrayList<>(told.stream()
                .filter(Told::stands)
                .map(Told::alarm)
                .filter(alarm -> ToldDrifts.version(alarm).equals(version))
                .sorted(mostTelling)
                .collect(groupingBy(Drift::getSource, LinkedHashMap::new, toList()))
                .values());
        sources.sort(Comparator.comparing((List<Drift> alarms) -> alarms.get(0).getKind() != DriftKind.PICTURES)
                .thenComparing(alarms -> -alarms.get(0).getStrength()));
        return sources;
    }

    static DriftView of(
            ModelKey.Manifest version,
            List<List<Drift>> bySource,
            List<String> names,
            Function<Drift, DriftEvidence> evidence) {
        List<Card> cards = bySource.stream()
                .limit(SHOWN)
                .map(alarms -> card(alarms, names, evidence.apply(alarms.get(0))))
                .toList();
        return new DriftView(version.version(), cards, bySource.size() - cards.size());
    }

    private static Card card(List<Drift> alarms, List<String> names, DriftEvidence evidence) {
        Drift first = alarms.get(0);
        return new Card(
                BusiestSources.shown(first.getSource()),
                code(first.getKind()),
                alarms.stream()
                        .filter(alarm -> alarm.getKind() == first.getKind())
                        .map(alarm -> code(alarm.getReference()))
                        .toList(),
                first.getSinceAt().toEpochMilli(),
                first.getAt().toEpochMilli(),
                first.getBefore(),
                first.getResults(),
                first.getStrength(),
                first.getClasses().stream()
                        .map(moved -> group(names, moved.getGroup()))
                        .toList(),
                evidence.shares().stream()
                        .map(share -> new Share(group(names, share.group()), share.before(), share.now()))
                        .toList(),
                evidence.counted(),
                pictures(evidence.picturesBefore(), names),
                pictures(evidence.picturesSince(), names));
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Of more than 16 classes, each stands for some others too. */
    private static String group(List<String> names, int group) {
        return LabelNames.name(names, group) + (names.size() > ALL_CLASSES_APART ? " and others" : "");
    }

    private static List<Picture> pictures(List<DriftEvidence.Picture> pictures, List<String> names) {
        return pictures.stream()
                .map(one -> new Picture(LabelNames.name(names, one.label()), one.confidence(), one.picture()))
                .toList();
    }
}
