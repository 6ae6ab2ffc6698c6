package dev.hemline.quickstart.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.testbed.child.ChildCommand;
import dev.hemline.topic.LaterRelease;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.avro.Schema;
import org.apache.avro.compiler.specific.SpecificCompiler;
import org.apache.avro.generic.GenericData;

/** Builds of Hemline whose processes run beside this one's. */
final class OtherBuild {
    /** The last commit before results and labels had a source, which knows topic {@code schemas}. */
    private static final String BEFORE = "034dd3be";

    private static final int MINUTES = 15;

    private OtherBuild() {}

    /** This one. */
    static UnaryOperator<ChildCommand> none() {
        return command -> command;
    }

    /** This one's code with a field more in every record of every schema, which it fills where our code fills all of them. */
    static UnaryOperator<ChildCommand> ofLaterSchemas(Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("sources/dev/hemline/event"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (Schema schema : schemas()) {
            Map<String, String> ours = generate(schema, folder.resolve("ours"));
            for (Map.Entry<String, String> later :
                    generate(more(schema), folder.resolve("theirs")).entrySet()) {
                Path file = sources.resolve(later.getKey());
                Files.writeString(
                        file, withOurConstructor(later.getValue(), Objects.requireNonNull(ours.get(later.getKey()))));
            }
        }
        compile(sources, classes);
        jar(classes, Files.createDirectories(folder.resolve("jars")).resolve("later-schemas.jar"));
        return command -> command.preferring(folder.resolve("jars"));
    }

    private static List<Schema> schemas() throws IOException {
        List<Schema> schemas = new ArrayList<>();
        var parser = new Schema.Parser();
        for (String module : List.of("schemas", "quality-stream")) {
            Path folder = Path.of("..", module, "src/main/avro/dev/hemline/event");
            try (Stream<Path> files = Files.list(folder)) {
                // What others refer to comes first.
                for (Path file : files.sorted((a, b) ->
                                Boolean.compare(b.endsWith("ImageFormat.avsc"), a.endsWith("ImageFormat.avsc")))
                        .toList()) {
                    schemas.add(parser.parse(file.toFile()));
                }
            }
        }
        return schemas;
    }

    private static Schema more(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                Schema later = LaterRelease.schema(schema);
                List<Schema.Field> fields = later.getFields().stream()
                        .map(field ->
                                new Schema.Field(field.name(), more(field.schema()), field.doc(), field.defaultVal()))
                        .toList();
                yield Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
            }
            case ARRAY -> Schema.createArray(more(schema.getElementType()));
            case UNION ->
                Schema.createUnion(
                        schema.getTypes().stream().map(OtherBuild::more).toList());
            default -> schema;
        };
    }

    /** By the name of the file. */
    private static Map<String, String> generate(Schema schema, Path folder) throws IOException {
        var compiler = new SpecificCompiler(schema);
        compiler.setStringType(GenericData.StringType.String);
        compiler.setFieldVisibility(SpecificCompiler.FieldVisibility.PRIVATE);
        compiler.setCreateSetters(false);
        compiler.setOutputCharacterEncoding("UTF-8");
        Path own = Files.createDirectories(folder.resolve(schema.getName()));
        compiler.compileToDestination(null, own.toFile());
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return sources;
    }

    /** Our code makes records by all the fields that it knows. */
    private static String withOurConstructor(String later, String ours) {
        Matcher constructor = Pattern.compile("(?s)  public \\w+\\([^)]+\\) \\{\\n    this\\..*?\\n  }\\n")
                .matcher(ours);
        String noArguments = "() {}\n";
        return constructor.find()
                ? later.replace(
                        noArguments,
                        noArguments
                                + constructor
                                        .group()
                                        .replaceFirst("\\{\n", "{\n    this." + LaterRelease.FIELD + " = \"wild\";\n"))
                : later;
    }

    private static void compile(Path sources, Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.list(sources)) {
            files.map(Path::toString).forEach(arguments::add);
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    private static void jar(Path classes, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                var jar = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(one).toString().replace(File.separatorChar, '/')));
                Files.copy(one, jar);
                jar.closeEntry();
            }
        }
    }

    /** The jars of the release before, built from this clone's history the first time. */
    static UnaryOperator<ChildCommand> ofTheReleaseBefore() throws Exception {
        Path tree = Path.of("target", "release-" + BEFORE).toAbsolutePath();
        Path app = tree.resolve("quickstart/target/app");
        if (!Files.isDirectory(app)) {
            run("git cat-file -e " + BEFORE + "^{commit}", "this test needs the history of the repository");
            Files.createDirectories(tree);
            run("git -C .. archive " + BEFORE + " | tar -x -C '" + tree + "'", "no files of " + BEFORE);
            run(
                    "cd '" + tree + "' && mvn -B -q -Dmaven.test.skip=true -pl quickstart -am package",
                    "commit " + BEFORE + " was not built");
        }
        return command -> new ChildCommand(
                command.verb(),
                command.lowPriority(),
                // An archive of classes is good for our jars only.
                command.flags().stream()
                        .filter(flag -> !flag.startsWith("-XX:SharedArchiveFile="))
                        .toList(),
                app.resolve("*").toString(),
                command.arguments());
    }

    private static void run(String command, String otherwise) throws Exception {
        Path log = Path.of("target", "release-" + BEFORE + ".log");
        Process process = new ProcessBuilder("bash", "-o", "pipefail", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        assertThat(ended && process.exitValue() == 0)
                .as(() -> otherwise + ": " + said(log))
                .isTrue();
    }

    private static String said(Path log) {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
