package dev.hemline.trainer;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.archive.BatchNormFolding.Folded;
import dev.hemline.model.evaluation.WilsonInterval;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.model.publish.Retention;
import dev.hemline.model.serving.ArchiveClassifier;
import dev.hemline.service.UserError;
import dev.hemline.trainer.CandidatePublisher.Candidate;
import dev.hemline.trainer.CandidatePublisher.Conclusion;
import dev.hemline.trainer.Gate.Incumbent;
import dev.hemline.trainer.Gate.Outcome;
import dev.hemline.trainer.episode.Promise;
import dev.hemline.trainer.labeller.LabellerAudit;
import dev.hemline.trainer.labeller.Suspicion;
import dev.hemline.trainer.reservoir.Answer;
import dev.hemline.trainer.reservoir.LabelledSample;
import dev.hemline.trainer.reservoir.LabelledTraffic;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import dev.hemline.trainer.training.Refresh;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingFailedException;
import dev.hemline.trainer.training.TrainingListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refreshes what serves: it goes on learning from labelled traffic and, lest it forgets, from the images that trainings learn from, and what comes
 * of it is published if it passes the {@link RefreshGate}. Owned by the thread of its session.
 */
final class Refresher {
    /** Of fewer images nobody can learn what traffic looks like, nor see whether it was learnt. */
    private static final int FEWEST_LEARNT = 40;

    private static final int FEWEST_HELD_OUT = 10;

    /** Each look at all validation images takes seconds. */
    private static final double STEP = 0.1;

    /** Drawn back further, it has learnt nothing. */
    private static final double LEAST = 0.45;

    /** Of people who label in good faith. */
    private static final double MISTAKES = 0.05;

    private static final double PROBABLY = 2;

    /** A version that is wrong so often although it is sure can tell nobody's labels. */
    private static final double MOST_HONEST = 0.25;

    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

    private final Split data;
    private final CandidatePublisher candidates;
    private final Function<ModelManifest, ChosenModel> fetch;

    /** What a refresh begins with. */
    private record Beginning(ChosenModel model, ModelManifest manifest, ModelManifest root, Folded served) {}

    /**
     * @param data to learn from and to be validated with, beside traffic
     * @param fetch gets a version; may throw a {@link UserError}
     */
    Refresher(Split data, CandidatePublisher candidates, Function<ModelManifest, ChosenModel> fetch) {
        this.data = data;
        this.candidates = candidates;
        this.fetch = fetch;
    }

    /**
     * Refreshes once, or until stopped.
     *
     * @return what became of it; empty if it was stopped
     * @throws TrainingFailedException if what serves cannot be refreshed with that
     * @throws KafkaException if it is not known what serves
     * @throws UserError if another trainer took over, or what came of it could not be published
     */
    Optional<Conclusion> refresh(RefreshOrder order, TrainingListener listener, BooleanSupplier stop) {
        LabelledTraffic traffic = order.traffic();
        requireEnough(traffic);
        Beginning beginning = beginning();
        RefreshGate gate = new RefreshGate(
                asked(fetch.apply(beginning.root()), beginning.root(), data.validation()),
                asked(beginning.model(), beginning.manifest(), traffic.heldOut()));
        Recipe recipe = Recipes.refresh(
                        beginning.manifest().getNetwork(),
                        beginning.manifest().getArchive().getSha256())
                .with()
                .seed(order.seed())
                .build();
        LOG.info(
                "Refreshing v{}, right about {} of {} labelled pictures of traffic, with {} others, as {} pictures look now; for {}",
                beginning.manifest().getVersion(),
                Figures.percent(gate.serving().answers().accuracy()),
                traffic.heldOut().size(),
                traffic.learnt().size(),
                traffic.recent().size(),
                order.occasion().trigger().text());
        var refresh = new Refresh(
                recipe,
                beginning.served(),
                beginning.model().input(),
                data.train(),
                traffic.learnt(),
                traffic.recent(),
                data.validation());
        return refresh.run(listener, stop).map(learnt -> conclude(order, recipe, beginning, gate, learnt));
    }

    private static void requireEnough(LabelledTraffic traffic) {
        if (traffic.learnt().size() < FEWEST_LEARNT || traffic.heldOut().size() < FEWEST_HELD_OUT) {
            throw new TrainingFailedException("there are " + traffic.learnt().size()
                    + " labelled pictures of traffic to learn from and "
                    + traffic.heldOut().size() + " to judge by, and " + FEWEST_LEARNT + " and " + FEWEST_HELD_OUT
                    + " are needed; label more (topic ground-truth; label-requests tells which)");
        }
    }

    private Beginning beginning() {
        PublishedVersions published = candidates.versions();
        ModelManifest serving = published
                .serving()
                .orElseThrow(() -> new TrainingFailedException("no version serves that could be refreshed"));
        CandidatePublisher.requireComparable(serving, data.validation());
        ChosenModel model = fetch.apply(serving);
        Folded served = model.served()
                .orElseThrow(() -> new TrainingFailedException("v" + serving.getVersion() + " of " + serving.getName()
                        + " was published from elsewhere: network '" + serving.getNetwork()
                        + "' is none that is trained here, so it cannot be refreshed; train one by hemline train, or"
                        + " refresh it where it was made"));
        return new Beginning(model, serving, root(published, serving), served);
    }

    private static ModelManifest root(PublishedVersions published, ModelManifest serving) {
        return Retention.root(serving)
                .flatMap(version -> Optional.ofNullable(published.versions().get(version)))
                .map(PublishedVersion::manifest)
                .orElse(serving);
    }

    private static Incumbent asked(ChosenModel model, ModelManifest manifest, LabelledImages images) {
        try (ArchiveClassifier classifier = model.open()) {
            return new Incumbent(manifest, Answers.of(classifier, images));
        }
    }

    /**
     * A network between what served and what was learnt.
     *
     * @param share of the way, 0 to 1
     */
    private record Kept(ServingModel model, double share) {}

    /** As much of what was learnt as can be had for what may be forgotten. */
    private static Kept kept(Refresh.Learnt learnt, RefreshGate gate) {
        Kept kept = new Kept(learnt.at(1), 1);
        while (gate.forgetsTooMuch(kept.model().validated()) && kept.share() - STEP > LEAST) {
            double share = kept.share() - STEP;
            kept = new Kept(learnt.at(share), share);
        }
        return kept;
    }

    private Conclusion conclude(
            RefreshOrder order, Recipe recipe, Beginning beginning, RefreshGate gate, Refresh.Learnt learnt) {
        learnt.change()
                .ifPresent(change -> LOG.info(
                        "Pictures look like those before, {} ({} of the difference explained)",
                        change,
                        Figures.percent(change.explained())));
        Kept kept = kept(learnt, gate);
        ServingModel refreshed = kept.model();
        Answers anchor = refreshed.validated();
        Answers traffic = refreshed.answers(order.traffic().heldOut());
        LOG.info(
                "Refreshed, and {} of what was learnt kept: {} of labelled traffic right, {} before; {} of the validation images, {} when it was trained",
                Figures.percent(kept.share()),
                Figures.percent(traffic.accuracy()),
                Figures.percent(gate.serving().answers().accuracy()),
                Figures.percent(anchor.accuracy()),
                Figures.percent(gate.root().answers().accuracy()));
        Optional<LabelledImages> changed = learnt.change().map(change -> change.of(data.validation(), order.seed()));
        Optional<Answers> answered = changed.map(refreshed::answers);
        Optional<Paired> gained = answered.map(now -> Paired.of(
                now,
                asked(beginning.model(), beginning.manifest(), now.images()).answers()));
        Optional<String> objection =
                answered.flatMap(now -> doubt(order, refreshed, now)).or(() -> gate.objection(anchor, traffic, gained));
        if (objection.isPresent() && !order.force()) {
            LOG.warn("Refused what came of the refresh: {}", objection.get());
            return Conclusion.refused(objection.get());
        }
        Map<String, String> story = RecipeStory.of(recipe, refreshed, 1, learnt.imagesSeen());
        tell(story, order.traffic(), beginning, gate, traffic);
        learnt.change().ifPresent(change -> story.put("likelyChange", change.toString()));
        ModelManifest.Builder draft = refreshed
                .manifest(beginning.served().network(), data.validation())
                .setParameters(beginning.manifest().getParameters())
                // Of traffic it is not known how it scatters, and what serves is compared with that.
                .setReference(null)
                .setEvaluation(new ModelEvaluation("validation", anchor.size(), anchor.accuracy(), anchor.loss()))
                .setTraining(story);
        Outcome outcome = objection.isPresent() ? Outcome.FORCED : Outcome.PUBLISHED;
        return Conclusion.published(
                outcome,
                candidates.publishAtLast(new Candidate(draft, refreshed.archive()), order.occasion(), outcome));
    }

    /**
     * Where it is known how pictures have changed, the network knows them from images whose labels are known, and labels of traffic can be held
     * against what it says.
     *
     * @param changed what it makes of validation images that are changed as traffic is
     */
    private static Optional<String> doubt(RefreshOrder order, ServingModel refreshed, Answers changed) {
        double honest = Math.max(LabellerAudit.HONEST, MISTAKES + wrongThoughSure(changed));
        if (honest > MOST_HONEST) {
            return Optional.empty();
        }
        LabelledTraffic traffic = order.traffic();
        List<LabelledSample> samples = Stream.concat(
                        traffic.samples().stream().filter(one -> !one.isHeldOut()),
                        traffic.samples().stream().filter(LabelledSample::isHeldOut))
                .toList();
        List<Answer> answers = Stream.of(traffic.learnt(), traffic.heldOut())
                .flatMap(images -> answers(refreshed.answers(images)))
                .toList();
        List<Suspicion> suspicions = order.review().suspicions(samples, answers, honest);
        return suspicions.isEmpty()
                ? Optional.empty()
                : Optional.of("labels of " + suspicions.size() + " labellers do not count any more, and it learnt from"
                        + " them");
    }

    private static Stream<Answer> answers(Answers answers) {
        return IntStream.range(0, answers.size())
                .mapToObj(image -> new Answer(answers.predicted(image), answers.confidence(image)));
    }

    /** The share of the images that the network is sure of and wrong about; the upper end of its interval. */
    private static double wrongThoughSure(Answers answers) {
        int[] sure = IntStream.range(0, answers.size())
                .filter(image -> answers.confidence(image) >= LabellerAudit.SURE)
                .toArray();
        long wrong = IntStream.of(sure)
                .filter(image -> answers.predicted(image) != answers.images().label(image))
                .count();
        return sure.length == 0
                ? 1
                : WilsonInterval.of((double) wrong / sure.length, sure.length, PROBABLY)
                        .high();
    }

    private static void tell(
            Map<String, String> story,
            LabelledTraffic traffic,
            Beginning beginning,
            RefreshGate gate,
            Answers answers) {
        story.put("refreshed", "v" + beginning.manifest().getVersion());
        story.put(Retention.ROOT, Integer.toString(beginning.root().getVersion()));
        story.put("labels", Integer.toString(traffic.samples().size()));
        story.put(Promise.TRAFFIC_IMAGES, Integer.toString(answers.size()));
        story.put(Promise.TRAFFIC_ACCURACY, share(answers.accuracy()));
        story.put("trafficAccuracyBefore", share(gate.serving().answers().accuracy()));
    }

    private static String share(double accuracy) {
        return String.format(Locale.ROOT, "%.4f", accuracy);
    }
}
