package dev.hemline.topic;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** What README.md tells people whose language we do not speak. */
class FirstBytesTest {
    private static final Path SCHEMAS = Path.of("src/main/avro/dev/hemline/event");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| `([\\w.` ,]+)` \\| `([0-9a-f ]{29})` \\|$");

    private static Stream<MatchResult> rows() throws IOException {
        return ROW.matcher(Files.readString(Path.of("../README.md"))).results();
    }

    private static byte[] header(String type) {
        try {
            return EventSerde.of(Class.forName("dev.hemline.event." + type).asSubclass(SpecificRecord.class))
                    .header();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] header) {
        return HexFormat.ofDelimiter(" ").formatHex(header);
    }

    @Test
    void shouldTellWhatEventsOfEachTypeBeginWith() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            files.map(file -> file.getFileName().toString().replace(".avsc", ""))
                    .filter(type -> !type.equals("ImageFormat"))
                    .forEach(type -> expected.put(type, hex(header(type))));
        }

        assertThat(rows().collect(toMap(row -> row.group(1), row -> row.group(3))))
                .isEqualTo(expected);
    }

    @Test
    void shouldTellInWhichOrderSchemaFilesAreRead() throws IOException {
        assertThat(rows()).isNotEmpty().allSatisfy(row -> {
            var parser = new Schema.Parser();
            Schema last = Stream.of(row.group(2).split("`, `"))
                    .map(file -> parse(parser, SCHEMAS.resolve(file)))
                    .reduce((before, after) -> after)
                    .orElseThrow();

            assertThat(last.getName()).isEqualTo(row.group(1));
        });
    }

    private static Schema parse(Schema.Parser parser, Path file) {
        try {
            return parser.parse(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
