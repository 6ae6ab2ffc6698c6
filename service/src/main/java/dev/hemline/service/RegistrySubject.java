package dev.hemline.service;

import dev.hemline.topic.UnknownSchemaException;
import dev.hemline.topic.WritersSchema;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Where a schema of ours stands in a registry. */
record RegistrySubject(RegistryClient registry, String name, Schema schema) {
    /** A topic's, by Confluent's TopicNameStrategy. */
    static String ofTopic(String topic) {
        return topic + "-value";
    }

    /**
     * The id of the schema.
     *
     * @param register whether to put it there first; the same again changes nothing
     * @throws UserError if it is not there, or the registry does not take it
     * @throws IOException if there is no answer of the registry's own
     */
    int id(boolean register) throws IOException, InterruptedException {
        String path = "/subjects/" + RegistryClient.encoded(name);
        RegistryAnswer answer = registry.post(register ? path + "/versions" : path, text());
        if (answer.isOk() && answer.body().path("id").isInt()) {
            return answer.body().path("id").asInt();
        }
        switch (answer.status()) {
            case 401, 403 ->
                throw new UserError("The schema registry at " + registry.url() + " does not let us "
                        + (register ? "put a schema under" : "ask for") + " subject " + name + ": " + answer.why());
            case 409, 422 ->
                throw new UserError("The schema registry at " + registry.url() + " does not take the schema of "
                        + schema.getName() + " under subject " + name + " (" + answer.message()
                        + "); what is there is of somebody else, or its compatibility is too strict");
            default -> {}
        }
        if (register || !answer.isNotThere()) {
            throw new IOException(answer.why());
        }
        return idOfLatest(path);
    }

    /** Registries compare texts, and who put it there by hand may have written it otherwise: in other lines, without docs. */
    private int idOfLatest(String path) throws IOException, InterruptedException {
        RegistryAnswer latest = registry.get(path + "/versions/latest");
        if (latest.isOk() && isOurs(latest.body().path("schema").asText())) {
            return latest.body().path("id").asInt();
        }
        if (latest.isOk() || latest.isNotThere()) {
            throw new UserError("The schema registry at " + registry.url() + " does not have the schema of "
                    + schema.getName() + " under subject " + name
                    + "; start once with --register-schemas, or put schemas/src/main/avro/dev/hemline/event/"
                    + schema.getName() + ".avsc there");
        }
        throw new IOException(latest.why());
    }

    private boolean isOurs(String text) {
        try {
            return WritersSchema.parse(text).fingerprint() == SchemaNormalization.parsingFingerprint64(schema);
        } catch (UnknownSchemaException e) {
            return false;
        }
    }

    /** As the file has it, without what only Java's classes need. */
    private String text() {
        return new Schema.Parser()
                .parse(schema.toString().replace(",\"avro.java.string\":\"String\"", ""))
                .toString();
    }
}
