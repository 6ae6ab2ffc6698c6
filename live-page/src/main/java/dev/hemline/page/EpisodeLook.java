package dev.hemline.page;

import java.util.function.Supplier;

/** The newest episodes of the model that is followed. For one thread. */
final class EpisodeLook implements Supplier<EpisodesView> {
    private final PageSources sources;
    private final EpisodeTopic topic;

    EpisodeLook(PageSources sources, EpisodeTopic topic) {
        this.sources = sources;
        this.topic = topic;
    }

    @Override
    public EpisodesView get() {
        return sources.serving()
                .get()
                .map(serving -> EpisodesView.of(topic.read(serving.getName())))
                .orElse(EpisodesView.NONE);
    }
}
