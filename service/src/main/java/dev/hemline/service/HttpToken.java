package dev.hemline.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a caller has to show to see more than an app's health: as {@code Authorization: Bearer}, as programs do, or as the
 * password of {@code Authorization: Basic}, which browsers ask people for. Never printed.
 */
public final class HttpToken {
    private static final int SHORTEST = 16;
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private final Reread<String, String> text;

    /**
     * White space around it, such as the end of a file's only line, does not count.
     *
     * @throws UserError if it could be guessed
     */
    public HttpToken(String text) {
        this(() -> text);
    }

    /** @param source where it stands, to be read again and again */
    HttpToken(Supplier<String> source) {
        text = new Reread<>("--http-token-file", source, HttpToken::checked);
    }

    private static String checked(String text) {
        String word = text.strip();
        if (word.length() < SHORTEST || word.chars().anyMatch(Character::isWhitespace)) {
            throw new UserError("The HTTP token is one word of at least " + SHORTEST
                    + " characters; openssl rand -hex 32 makes one");
        }
        return word;
    }

    /** Takes what its file holds now. */
    void look() {
        text.look();
    }

    /** @param authorization the request's header of that name */
    boolean isShownBy(@Nullable String authorization) {
        if (authorization == null) {
            return false;
        }
        String scheme = authorization.toLowerCase(Locale.ROOT);
        if (scheme.startsWith(BEARER)) {
            return isThis(authorization.substring(BEARER.length()).strip());
        }
        return scheme.startsWith(BASIC)
                && isThis(password(authorization.substring(BASIC.length()).strip()));
    }

    private static String password(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Takes the same time wherever the first difference is. */
    private boolean isThis(String shown) {
        return MessageDigest.isEqual(shown.getBytes(UTF_8), text.value().getBytes(UTF_8));
    }

    /** The header {@code Authorization} of who knows it. */
    String authorization() {
        return "Bearer " + text.value();
    }

    @Override
    public String toString() {
        return "HttpToken[hidden]";
    }
}
