package dev.hemline.control.models;

import picocli.CommandLine.Command;

/** A command that changes a model in one step. */
@Command(sortOptions = false)
abstract class ChangeCommand extends ModelCommand {
    @Override
    public Integer call() {
        say(Steering.change(this::admin, this::change));
        return 0;
    }

    /**
     * Does it; called again where somebody else was quicker.
     *
     * @return what was done, for people
     */
    abstract String change(ModelAdmin admin);
}
