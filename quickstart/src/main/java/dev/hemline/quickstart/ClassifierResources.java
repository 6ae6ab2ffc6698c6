package dev.hemline.quickstart;

import dev.hemline.classifier.fetch.PictureStores;
import dev.hemline.service.SchemaRegistry;
import dev.hemline.service.StopSignal;
import dev.hemline.service.trace.Tracing;
import dev.hemline.topic.EventFormats;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** What stands around either role; closed by whoever opened it. */
record ClassifierResources(
        SchemaRegistry known,
        PictureStores stores,
        EventFormats formats,
        Tracing tracing,
        PrometheusMeterRegistry registry,
        StopSignal stop) {}
