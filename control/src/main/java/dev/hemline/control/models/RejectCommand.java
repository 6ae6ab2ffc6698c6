package dev.hemline.control.models;

import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.UserError;
import picocli.CommandLine.Command;

/** {@code hemline models reject}. */
@Command(name = "reject", description = "Makes challengers idle; the version stays.")
final class RejectCommand extends SteeringCommand {
    @Override
    String change(ModelAdmin admin) {
        PublishedVersions model = admin.model();
        if (model.challenger().isEmpty()) {
            return model.name() + " has no challenger";
        }
        if (model.servingPolicy() == ServingPolicy.CHALLENGER) {
            throw new UserError("The policy of " + model.name() + " is challenger, so v"
                    + model.challenger().get().getVersion()
                    + " would challenge again; hemline models policy manual first");
        }
        admin.reject(reason);
        return "Rejected " + model.name() + " v" + model.challenger().get().getVersion() + " as challenger";
    }
}
