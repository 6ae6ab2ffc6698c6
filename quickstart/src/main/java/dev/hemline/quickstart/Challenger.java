package dev.hemline.quickstart;

import dev.hemline.classifier.Classifier;
import dev.hemline.classifier.ClassifierSettings;
import dev.hemline.classifier.outcome.ClassifierListener;
import dev.hemline.control.models.RolloutController;
import dev.hemline.model.serving.DjlModelLoader;
import dev.hemline.quality.referee.Referee;
import dev.hemline.quality.referee.RefereeSettings;
import dev.hemline.service.HttpSettings;
import dev.hemline.service.KafkaWatch;
import dev.hemline.service.MonitoringServer;
import dev.hemline.service.Readiness;
import dev.hemline.topic.Topic;
import dev.hemline.topic.Topics;
import java.util.List;

/** A challenger's process: a classifier of that role, the referee beside it, and what carries the referee's decisions out. */
final class Challenger {
    /** What a challenger cannot do without, and all that it reads, writes or makes. */
    static final List<Topic<?, ?>> TOPICS =
            List.of(Topics.IMAGE_EVENTS, Topics.SHADOW_CLASSIFICATIONS, Topics.MODELS, Topics.MODEL_STATUS);

    private Challenger() {}

    /** Until it is told to stop. */
    @SuppressWarnings("try") // the server only has to be there
    static void run(
            ClassifierSettings settings,
            DjlModelLoader loader,
            RefereeSettings comparing,
            HttpSettings web,
            ClassifierResources opened) {
        try (Classifier challenger = new Classifier(
                        settings,
                        loader,
                        opened.formats(),
                        opened.stores(),
                        opened.registry(),
                        ClassifierListener.NONE,
                        opened.tracing());
                Referee referee = Referee.start(
                        comparing,
                        opened.formats().reading(opened.known().schemas().waiting(ClassifierCommand.SCORING_PATIENCE)),
                        challenger.standing(),
                        opened.registry());
                RolloutController rollout = RolloutController.start(
                        settings.kafka(),
                        challenger.trusted(),
                        comparing.signer(),
                        challenger.standing(),
                        challenger::refusal);
                KafkaWatch watch = KafkaWatch.start(settings.kafka(), TOPICS);
                MonitoringServer server = MonitoringServer.start(
                        web,
                        opened.registry(),
                        watch.and(opened.known())
                                .and(opened.stores())
                                .and(challenger)
                                .and(Readiness.remarking(referee::trouble)))) {
            challenger.start(opened.stop()::request);
            opened.stop().await();
            challenger.rethrowFailure();
        }
    }
}
