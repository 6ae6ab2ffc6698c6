package dev.hemline.trainer;

import dev.hemline.event.ModelEvaluation;
import dev.hemline.event.ModelManifest;
import dev.hemline.fashionmnist.LabelledImages;
import dev.hemline.fashionmnist.Split;
import dev.hemline.insight.choice.ChosenModel;
import dev.hemline.insight.evaluate.Answers;
import dev.hemline.insight.page.Figures;
import dev.hemline.model.archive.BatchNormFolding.Folded;
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
import dev.hemline.trainer.reservoir.LabelledTraffic;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import dev.hemline.trainer.training.Refresh;
import dev.hemline.trainer.training.ServingModel;
import dev.hemline.trainer.training.TrainingFailedException;
import dev.hemline.trainer.training.TrainingListener;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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

    /** As much of what was learnt as can be had for what may be forgotten. */
    private static ServingModel chosen(Refresh.Learnt learnt, RefreshGate gate) {
        ServingModel chosen = learnt.at(1);
        for (double share = 1 - STEP; share > LEAST && gate.forgetsTooMuch(chosen.validated()); share -= STEP) {
            chosen = learnt.at(share);
        }
        return chosen;
    }

    private Conclusion conclude(
            RefreshOrder order, Recipe recipe, Beginning beginning, RefreshGate gate, Refresh.Learnt learnt) {
        learnt.change()
                .ifPresent(change -> LOG.info(
                        "Pictures look like those before, {} ({} of the difference explained)",
                        change,
                        Figures.percent(change.explained())));
        ServingModel refreshed = chosen(learnt, gate);
        Answers anchor = refreshed.validated();
        Answers traffic = refreshed.answers(order.traffic().heldOut());
        LOG.info(
                "Refreshed: {} of labelled traffic right, {} before; {} of the validation images, {} when it was trained",
                Figures.percent(traffic.accuracy()),
                Figures.percent(gate.serving().answers().accuracy()),
                Figures.percent(anchor.accuracy()),
                Figures.percent(gate.root().answers().accuracy()));
        Optional<String> objection = gate.objection(anchor, traffic);
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

    private static void tell(
            Map<String, String> story,
            LabelledTraffic traffic,
            Beginning beginning,
            RefreshGate gate,
            Answers answers) {
        story.put("refreshed", "v" + beginning.manifest().getVersion());
        story.put(Retention.ROOT, Integer.toString(beginning.root().getVersion()));
        story.put("labels", Integer.toString(traffic.samples().size()));
        story.put("trafficImages", Integer.toString(answers.size()));
        story.put(Promise.TRAFFIC_ACCURACY, share(answers.accuracy()));
        story.put("trafficAccuracyBefore", share(gate.serving().answers().accuracy()));
    }

    private static String share(double accuracy) {
        return String.format(Locale.ROOT, "%.4f", accuracy);
    }
}
