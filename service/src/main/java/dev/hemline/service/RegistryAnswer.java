package dev.hemline.service;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a schema registry, or whatever else stands at its address, has answered.
 *
 * @param body null's node where it is no JSON
 */
record RegistryAnswer(int status, JsonNode body) {
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    boolean isOk() {
        return status == OK;
    }

    boolean isSchema() {
        return isOk() && body.path("schema").isTextual();
    }

    /** A proxy, or another path of the same server, says 404 too, and then nothing is known of what was asked for. */
    boolean isNotThere() {
        return status == NOT_FOUND && body.path("error_code").asInt() / 100 == NOT_FOUND;
    }

    /** It may be said of what was asked for alone, or because the whole registry is away. */
    boolean mayBeRefusal() {
        return isForbidden() || status >= SERVER_ERROR;
    }

    boolean isForbidden() {
        return status == FORBIDDEN;
    }

    /** What the registry says to it, in its own words. */
    String message() {
        String message = body.path("message").asText();
        return Texts.printable(message.length() <= 300 ? message : message.substring(0, 300));
    }

    /** Why this is no answer, as the end of a sentence. */
    String why() {
        return switch (status) {
            case OK, NOT_FOUND ->
                "what answers there with status " + status
                        + " is no schema registry; the address may lack a path, such as /apis/ccompat/v7";
            case 401, 403 -> "it answers with status " + status + "; --schema-registry-auth-file says who may ask it";
            default -> "it answers with status " + status;
        };
    }
}
