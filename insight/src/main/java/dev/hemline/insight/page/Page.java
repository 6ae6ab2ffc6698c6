package dev.hemline.insight.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import dev.hemline.service.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * An HTML page that is one file: styles, charts and pictures are within it, nothing is fetched.
 *
 * @param html the whole of it
 */
public record Page(String html) {
    /**
     * Fills a Mustache template. Values are escaped unless the template says {@code &}; a name that the content lacks is
     * an error.
     *
     * @param owner the class whose package holds the template; {@code {{>name}}} includes one of this package
     * @param content a record whose components are the template's names
     */
    public static Page of(Class<?> owner, String template, Object content) {
        String text = read(owner, template);
        return new Page(Mustache.compiler()
                .withLoader(name -> new StringReader(read(Page.class, name)))
                .compile(text)
                .execute(content));
    }

    /**
     * Writes the page, whole or not at all.
     *
     * @throws UserError if the file cannot be written
     */
    public void write(Path file) {
        Path target = file.toAbsolutePath();
        Path draft = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.writeString(draft, html, UTF_8);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UserError("Cannot write " + file + ": " + e, e);
        }
    }

    private static String read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no template " + name + " beside " + owner.getName());
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the template " + name, e);
        }
    }
}
