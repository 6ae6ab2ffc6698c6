package dev.hemline.trainer.labeller;

import static java.util.stream.Collectors.toMap;

import dev.hemline.event.Sample;
import dev.hemline.quality.labeller.KnownLabellers;
import dev.hemline.trainer.reservoir.Answer;
import dev.hemline.trainer.reservoir.Ballot;
import dev.hemline.trainer.reservoir.LabelledSample;
import dev.hemline.trainer.reservoir.Vote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds labellers whose labels cannot be believed, by what is known otherwise of pictures that they label: what a model is sure of, while
 * pictures look as those that it learnt from; what at least two others say; and, after a refresh, what came of it is sure of. Whoever names another class in one of ten such pictures at most, and
 * in one of five of a class, is suspected with a chance of {@link Agreement#ALPHA} for each of these, however long they label.
 *
 * @param classNames by label
 */
public record LabellerAudit(List<String> classNames) {
    /** A model that knows its pictures is wrong about one in fifty of which it is so sure. */
    public static final double SURE = 0.95;

    /** People make mistakes, and so do models. */
    public static final double HONEST = 0.1;

    /** Before so many it is not known whether somebody is honest. */
    private static final int FEW = 30;

    /** More than ever label for one model. */
    private static final int MOST_LABELLERS = 1_000;

    public LabellerAudit {
        classNames = List.copyOf(classNames);
    }

    /**
     * Whom what is in the reservoir speaks against, of those that are believed so far.
     *
     * @param undisturbed whether a picture looks as those that the version learnt from that answered it
     */
    public List<Suspicion> suspicions(
            Collection<Ballot> ballots, Predicate<Sample> undisturbed, KnownLabellers labellers) {
        List<Claim> beside = new ArrayList<>();
        List<Claim> others = new ArrayList<>();
        for (Ballot ballot : ballots) {
            Answer answer = Answer.of(ballot.sample());
            boolean known = answer.confidence() >= SURE && undisturbed.test(ballot.sample());
            for (Vote vote : ballot.votes()) {
                if (!labellers.believes(vote.by()) || vote.arrivedAt().isBefore(labellers.heldAgainstFrom(vote.by()))) {
                    continue;
                }
                if (known) {
                    beside.add(new Claim(vote.by(), vote.label(), answer.label()));
                }
                ballot.sayOthers(vote.by(), labellers::believes)
                        .ifPresent(label -> others.add(new Claim(vote.by(), vote.label(), label)));
            }
        }
        return Stream.concat(
                        besideModel(agreements(beside, HONEST)),
                        suspicions(agreements(others, HONEST), "of which two others or more say the same"))
                .collect(toMap(Suspicion::labeller, Function.identity(), (first, second) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /**
     * Who labels pictures that nobody has answered here: none of theirs is known, although as many of others' would be.
     *
     * @param unmatched labels of pictures that are not known, by labeller
     */
    public List<Suspicion> strangers(
            Collection<Ballot> ballots, Map<String, Integer> unmatched, KnownLabellers labellers) {
        Map<String, Integer> matched = new HashMap<>();
        ballots.forEach(ballot -> ballot.votes().forEach(vote -> matched.merge(vote.by(), 1, Integer::sum)));
        int known = matched.values().stream().mapToInt(count -> count).sum();
        int unknown = matched.keySet().stream()
                .mapToInt(name -> unmatched.getOrDefault(name, 0))
                .sum();
        if (known < FEW) {
            return List.of();
        }
        double chance = (double) unknown / (known + unknown);
        return unmatched.entrySet().stream()
                .filter(entry -> !matched.containsKey(entry.getKey()) && labellers.believes(entry.getKey()))
                .filter(entry -> entry.getValue() >= FEW && Math.pow(chance, entry.getValue()) <= Agreement.ALPHA)
                .map(entry -> new Suspicion(
                        entry.getKey(),
                        "has labelled " + entry.getValue() + " pictures, none of which was answered here of late",
                        entry.getValue(),
                        entry.getValue()))
                .limit(MOST_LABELLERS)
                .toList();
    }

    /**
     * The same by what a version makes of the pictures that it was made for, if it was not made by these labels.
     *
     * @param samples that people have labelled
     * @param answers what the version makes of each, in the same order
     * @param honest the share of labels that may differ where the version is sure
     */
    public List<Suspicion> suspicions(List<LabelledSample> samples, List<Answer> answers, double honest) {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            if (answers.get(i).confidence() >= SURE) {
                LabelledSample sample = samples.get(i);
                claims.add(new Claim(sample.by(), sample.label(), answers.get(i).label()));
            }
        }
        return suspicions(agreements(claims, honest), "of which what was refreshed is sure")
                .toList();
    }

    /** Where everybody says otherwise, it is the model that is wrong; nobody else, and a person has to say who is. */
    private Stream<Suspicion> besideModel(Map<String, Agreement> agreements) {
        List<Agreement> known = agreements.values().stream()
                .filter(agreement -> agreement.labels() >= FEW)
                .toList();
        return known.size() > 1 && known.stream().noneMatch(Agreement::isGood)
                ? Stream.empty()
                : suspicions(agreements, "of which what serves is sure, while nothing has changed");
    }

    private static Map<String, Agreement> agreements(List<Claim> claims, double honest) {
        Map<String, Agreement> agreements = new LinkedHashMap<>();
        for (Claim claim : claims) {
            if (agreements.size() < MOST_LABELLERS || agreements.containsKey(claim.by())) {
                agreements
                        .computeIfAbsent(claim.by(), first -> new Agreement(honest))
                        .add(claim);
            }
        }
        return agreements;
    }

    private Stream<Suspicion> suspicions(Map<String, Agreement> agreements, String of) {
        return agreements.entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().suspicion(entry.getKey(), classNames.size(), this::name, of).stream());
    }

    private String name(int label) {
        return label < classNames.size() ? classNames.get(label) : Integer.toString(label);
    }
}
