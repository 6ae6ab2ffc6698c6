package dev.hemline.control.models;

import dev.hemline.control.keys.SigningKeyOption;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is signed, and has a reason. */
abstract class SteeringCommand extends ChangeCommand {
    @Mixin
    SigningKeyOption signingKey = new SigningKeyOption();

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for those who look later.")
    String reason = "";

    @Override
    final ModelAdmin admin() {
        return admin(signingKey);
    }
}
