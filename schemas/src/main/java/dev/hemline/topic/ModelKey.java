package dev.hemline.topic;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A key of topic {@code models}; its form says what the value is. {@code toString()} is the text that travels. */
public sealed interface ModelKey {
    /** Name of the model. */
    String name();

    /** {@code name/v000012}, whose value is a {@code ModelManifest}. */
    record Manifest(String name, int version) implements ModelKey {
        public Manifest {
            requireName(name);
            requireVersion(version);
        }

        @Override
        public String toString() {
            // Without a formatter: it is made for every score.
            String digits = Integer.toString(version);
            return name + "/v" + "000000".substring(Math.min(6, digits.length())) + digits;
        }
    }

    /** {@code name/v000012/chunk-0003}, whose value is a {@code ModelChunk}. */
    record Chunk(String name, int version, int index) implements ModelKey {
        public Chunk {
            requireName(name);
            requireVersion(version);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s/v%06d/chunk-%04d", name, version, index);
        }
    }

    /** {@code name/alias/serving}, whose value is a {@code ModelAlias}. */
    record Alias(String name, String alias) implements ModelKey {
        /** The alias that pins the version to serve. */
        public static final String SERVING = "serving";
        /** The alias that names the version which challengers answer with, beside those that serve. */
        public static final String CHALLENGER = "challenger";
        /** The alias that remembers the highest version given, so that a retired one's number is not used again. */
        public static final String LAST_VERSION = "last-version";

        public Alias {
            requireName(name);
            requireName(alias);
        }

        /** Whether it decides which version answers. */
        private boolean steers() {
            return alias.equals(SERVING) || alias.equals(CHALLENGER);
        }

        @Override
        public String toString() {
            return name + "/alias/" + alias;
        }
    }

    /** {@code name/policy}, whose value is a {@code ModelPolicy}. */
    record Policy(String name) implements ModelKey {
        public Policy {
            requireName(name);
        }

        @Override
        public String toString() {
            return name + "/policy";
        }
    }

    /** Whether its value decides which version answers, or who decides that: such a one is signed where versions are. */
    static boolean steers(String text) {
        try {
            ModelKey key = parse(text);
            return key instanceof Policy || (key instanceof Alias alias && alias.steers());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    /** What nine digits of a key have room for. */
    int HIGHEST_VERSION = 999_999_999;

    Pattern VERSION_KEY = Pattern.compile("(" + NAME + ")/v(\\d{6,9})(?:/chunk-(\\d{4,6}))?");
    Pattern POLICY_KEY = Pattern.compile("(" + NAME + ")/policy");
    Pattern ALIAS_KEY = Pattern.compile("(" + NAME + ")/alias/(" + NAME + ")");

    /** @throws IllegalArgumentException if {@code text} is no key of this topic, as {@code toString()} would write it */
    static ModelKey parse(String text) {
        ModelKey key = parts(text);
        // One version, one key: v0000001 beside v000001 would be another event to Kafka and the same one to us.
        if (!key.toString().equals(text)) {
            throw new IllegalArgumentException("Not a key of topic models: '" + text + "', written " + key);
        }
        return key;
    }

    private static ModelKey parts(String text) {
        Matcher version = VERSION_KEY.matcher(text);
        if (version.matches()) {
            String name = version.group(1);
            int number = Integer.parseInt(version.group(2));
            String chunk = version.group(3);
            return chunk == null ? new Manifest(name, number) : new Chunk(name, number, Integer.parseInt(chunk));
        }
        Matcher alias = ALIAS_KEY.matcher(text);
        if (alias.matches()) {
            return new Alias(alias.group(1), alias.group(2));
        }
        Matcher policy = POLICY_KEY.matcher(text);
        if (policy.matches()) {
            return new Policy(policy.group(1));
        }
        throw new IllegalArgumentException("Not a key of topic models: '" + text
                + "', expected name/v000001, name/v000001/chunk-0000, name/alias/serving or name/policy");
    }

    /** Whether a version can be called that: whether it has a key. */
    static boolean isVersion(String name, int version) {
        return NAME.matcher(name).matches() && version >= 1 && version <= HIGHEST_VERSION;
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A model's name is lower-case letters, digits and hyphens, not '" + name + "'");
        }
    }

    private static void requireVersion(int version) {
        if (version < 1 || version > HIGHEST_VERSION) {
            throw new IllegalArgumentException("A model's version is 1 to " + HIGHEST_VERSION + ", not " + version);
        }
    }
}
