package dev.hemline.service;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that speaks to the person who gave it, with {@code --help} and {@code --version}. */
@Command(mixinStandardHelpOptions = true)
public abstract class BaseCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    /** Where answers go. */
    protected PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where complaints go. */
    protected PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Prints lines of an answer at once. */
    protected void say(Iterable<String> lines) {
        lines.forEach(out()::println);
        out().flush();
    }

    /** Prints one line of an answer at once. */
    protected void say(String line) {
        out().println(line);
        out().flush();
    }
}
