package dev.hemline.page;

import dev.hemline.event.Episode;
import dev.hemline.event.EpisodeState;
import dev.hemline.event.EpisodeStep;
import dev.hemline.event.EpisodeStepKind;
import dev.hemline.quality.source.BusiestSources;
import dev.hemline.service.DecisionText;
import dev.hemline.service.EpisodeText;
import dev.hemline.service.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest episodes of a model, each as marks along a line.
 *
 * @param cards what is open first, then the newest
 * @param more how many others are known
 */
record EpisodesView(List<Card> cards, int more) {
    static final EpisodesView NONE = new EpisodesView(List.of(), 0);
    static final int SHOWN = 5;
    static final int MOST_STEPS = 20;
    private static final int SOURCE_CHARS = 100;

    /**
     * One episode; times are in milliseconds since 1970.
     *
     * @param version that served when it began
     * @param cause such as {@code changed pictures of camera-2}
     * @param endedAt null while it is open
     * @param outcome its state, or once it has ended how: {@code recovered}
     * @param waitsFor a sentence without its full stop
     * @param earlier steps that are left out of the marks
     */
    record Card(
            String id,
            int version,
            String cause,
            long onsetAt,
            @Nullable Long endedAt,
            String outcome,
            String waitsFor,
            int earlier,
            List<Mark> marks) {}

    /**
     * What happened, happens or is to come.
     *
     * @param kind such as {@code labelled} or {@code given up}
     * @param at null as long as it has not happened
     * @param now whether this is what is waited for
     * @param what a few words
     * @param details may be empty
     */
    record Mark(String kind, @Nullable Long at, boolean now, String what, String details) {
        private static Mark past(String kind, Instant at, String what, String details) {
            return new Mark(kind, at.toEpochMilli(), false, what, details);
        }
    }

    /** The way of an episode in which all goes well, by what is waited for. */
    private enum Next {
        ANSWERS(EpisodeState.LABELLING, EpisodeStepKind.LABELLED),
        REFRESH(EpisodeState.REFRESHING, EpisodeStepKind.REFRESHED),
        PROMOTION(EpisodeState.PROVING, EpisodeStepKind.PROMOTED),
        ACCURACY_BACK(EpisodeState.WATCHING, EpisodeStepKind.RECOVERED);

        private final EpisodeState state;
        private final EpisodeStepKind kind;

        Next(EpisodeState state, EpisodeStepKind kind) {
            this.state = state;
            this.kind = kind;
        }
    }

    /** @param newestFirst open ones before those that have ended */
    static EpisodesView of(List<Episode> newestFirst) {
        List<Card> cards =
                newestFirst.stream().limit(SHOWN).map(EpisodesView::card).toList();
        return new EpisodesView(cards, newestFirst.size() - cards.size());
    }

    private static Card card(Episode episode) {
        List<EpisodeStep> steps = episode.getSteps();
        int earlier = Math.max(0, steps.size() - MOST_STEPS);
        boolean ended = episode.getState() == EpisodeState.ENDED;
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.past("onset", episode.getOnsetAt(), "onset", cause(episode)));
        marks.addAll(past(episode, steps.subList(earlier, steps.size())));
        if (!ended) {
            marks.addAll(toCome(episode));
        }
        return new Card(
                episode.getId(),
                episode.getModelVersion(),
                cause(episode),
                episode.getOnsetAt().toEpochMilli(),
                ended ? episode.getChangedAt().toEpochMilli() : null,
                EpisodeText.outcome(episode),
                EpisodeText.waitsFor(episode),
                earlier,
                marks);
    }

    private static String cause(Episode episode) {
        String source = episode.getSource();
        return EpisodeText.cause(episode)
                + (source.isEmpty() ? "" : " of " + Texts.printable(BusiestSources.shown(source), SOURCE_CHARS));
    }

    /** With the time at which labels were first asked for, which is when it began: no step of its own says so. */
    private static List<Mark> past(Episode episode, List<EpisodeStep> steps) {
        List<Mark> marks = new ArrayList<>();
        for (EpisodeStep step : steps) {
            marks.add(Mark.past(
                    DecisionText.words(step.getKind()),
                    step.getAt(),
                    EpisodeText.what(step),
                    EpisodeText.details(step)));
            if (step.getKind() == EpisodeStepKind.ALARMED) {
                marks.add(Mark.past("asked", episode.getBegunAt(), "labels asked for", ""));
            }
        }
        return marks;
    }

    private static List<Mark> toCome(Episode episode) {
        EpisodeState state = episode.getState();
        String waitsFor = EpisodeText.waitsFor(episode);
        if (state == EpisodeState.UNKNOWN) {
            return List.of(new Mark("other", null, true, "what comes next", waitsFor));
        }
        return Arrays.stream(Next.values())
                .filter(next -> next.state.compareTo(state) >= 0)
                .map(next -> new Mark(
                        DecisionText.words(next.kind),
                        null,
                        next.state == state,
                        DecisionText.words(next),
                        next.state == state ? waitsFor : ""))
                .toList();
    }
}
