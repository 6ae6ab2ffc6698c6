package dev.hemline.classifier.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hemline.classifier.fetch.FetchList.Place;
import dev.hemline.fuzz.Mutations;
import dev.hemline.fuzz.Promise;
import dev.hemline.fuzz.Promise.Memory;
import dev.hemline.topic.NotFetchedException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Where an event says that its picture is: whatever is allowed leads under what is listed, for others who read addresses too. */
class AddressFuzzTest {
    private static final List<String> LISTED = List.of("https://a.example/in/", "http://10.1.2.3:9000/", "file:///in/");
    private static final FetchList LIST = FetchList.parse(LISTED);

    private static final Promise PROMISE =
            Promise.of(AddressFuzzTest::find, new Memory(1 << 20, 512), List.of(NotFetchedException.class));

    private static Object find(byte[] text) {
        Place place = LIST.find(new String(text, UTF_8));
        String lower = place.uri().normalize().toString().toLowerCase(Locale.ROOT);
        String path = place.uri().getRawPath();
        for (int times = 0; times < 3; times++) {
            assertThat(path.split("[/\\\\]")).doesNotContain("..");
            path = path.matches("(?s).*%(?![0-9A-Fa-f]{2}).*")
                    ? path
                    : URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
        }
        assertThat(lower.replaceFirst("^file:/(?!/)", "file:///"))
                .matches("(https://a\\.example(:0*443)?/in/|http://10\\.1\\.2\\.3:0*9000([/?]|$)|file:///in/).*");
        return place;
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "https://a.example/in/boot.png?sig=a%2Fb",
                        "https://A.example:443/in/a%20b/..%2f..%5c%2e%2e;/x",
                        "https://a.example@evil:443/in/%252e%252e/x#y",
                        "http://10.1.2.3:9000/[::ffff:127.0.0.1]",
                        "http://0x7f.1:9000/",
                        "file:///in/x%00/../../etc/passwd",
                        "s3://bucket/in/boot.png")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void shouldFindOrRefuse(byte[] text) {
        PROMISE.holdsFor(text);
    }

    @Test
    void shouldFindOrRefuseWhateverHappenedToAnAddress() {
        Mutations.of(seeds()).forEach(2_000, PROMISE::holdsFor);
    }
}
