package dev.hemline.quickstart.doors;

import dev.hemline.service.access.RequiredAcl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The tables of docs/security.md.
 *
 * @param programs the rows of each program by its verb, as they stand there
 */
record RightsPage(Map<String, List<Row>> programs) {
    private static final Path PAGE = Path.of("..", "docs", "security.md");
    private static final Pattern PROGRAM = Pattern.compile("### `([^`]+)`");
    private static final Pattern ROW = Pattern.compile("\\| (\\w+) on ([a-z ]+) `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|");

    /**
     * One right of one program.
     *
     * @param use what for
     * @param without what happens without it
     */
    record Row(RequiredAcl right, String use, String without) {
        /** What a refusal calls it; of a prefix it says what it is about. */
        String named() {
            return right.toString().replace("*", "");
        }

        boolean isOnlyFor(String flag) {
            return use.startsWith("only `" + flag + "`");
        }
    }

    static RightsPage read() throws IOException {
        Map<String, List<Row>> programs = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher program = PROGRAM.matcher(line);
            Matcher row = ROW.matcher(line);
            if (program.matches()) {
                rows = programs.computeIfAbsent(program.group(1), first -> new ArrayList<>());
            } else if (row.matches()) {
                rows.add(new Row(right(row.group(1), row.group(2), row.group(3)), row.group(4), row.group(5)));
            }
        }
        return new RightsPage(programs);
    }

    private static RequiredAcl right(String operation, String kind, String name) {
        return RequiredAcl.on(
                ResourceType.fromString(kind.replace(' ', '_')),
                name,
                AclOperation.fromString(
                        operation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT)));
    }

    List<Row> of(String program) {
        return programs.getOrDefault(program, List.of());
    }
}
