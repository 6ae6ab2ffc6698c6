package dev.hemline.control.models;

import dev.hemline.control.keys.SigningKeyOption;
import dev.hemline.control.publish.PublishCommand;
import dev.hemline.event.ModelManifest;
import dev.hemline.event.ModelState;
import dev.hemline.event.ServingPolicy;
import dev.hemline.model.publish.ModelCatalog;
import dev.hemline.model.publish.PublishedVersion;
import dev.hemline.model.publish.PublishedVersions;
import dev.hemline.service.JsonFile;
import dev.hemline.service.UserError;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hemline models} and its commands. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Shows which versions of a model there are and who serves them, and says which one is to serve, and which is to"
                    + " be tried out beside it.",
            "",
            "Everything is read from and written to topics; running classifiers follow within two seconds.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  hemline models list",
            "  hemline models pin 3 --reason \"v4 takes coats for shirts\"",
            "  hemline models publish resnet.pt --model clothes --labels labels.txt \\",
            "      --input 3x64x64"
        },
        subcommands = {
            ModelsCommand.ListVersions.class,
            ModelsCommand.Show.class,
            ModelsCommand.Pin.class,
            ModelsCommand.Unpin.class,
            ModelsCommand.Rollback.class,
            ModelsCommand.Policy.class,
            ModelsCommand.Challenge.class,
            ModelsCommand.Experiments.class,
            ModelsCommand.Promote.class,
            ModelsCommand.Reject.class,
            ModelsCommand.Retire.class,
            PublishCommand.class
        })
public final class ModelsCommand {

    /** What is signed, and has a reason. */
    abstract static class Steering extends ModelCommand {
        @Mixin
        SigningKeyOption signingKey = new SigningKeyOption();

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "Why, for those who look later.")
        String reason = "";
    }

    /** {@code hemline models list}. */
    @Command(
            name = "list",
            description = {
                "Lists a model's versions, newest first, and what running classifiers do with each.",
                "",
                "SIGNED WITH is the key that the version names; with --trusted-keys only versions are listed whose"
                        + " signature is right.",
                ""
            })
    static final class ListVersions extends ModelCommand {
        @Option(names = "--json", description = "One JSON object with all of it.")
        boolean json;

        @Override
        public Integer call() {
            PublishedModels published = published();
            ModelCatalog catalog = published.catalog();
            InstanceReports reports = published.reports();
            PublishedVersions model = published.choose(catalog, reports, name());
            List<VersionRow> rows = VersionRow.newestFirst(model, reports);
            if (json) {
                say(JsonFile.text(VersionRow.Listing.of(model, rows)));
            } else {
                say(new VersionText(ZoneId.systemDefault())
                        .list(model, rows, catalog.models().keySet()));
                if (reports.unreadable() > 0) {
                    say("Mind: " + reports.unreadable() + " records of topic model-status are no reports of instances;"
                            + " who writes there?");
                }
            }
            return 0;
        }
    }

    /** {@code hemline models show}. */
    @Command(name = "show", description = "Shows everything that is known about one version.")
    static final class Show extends ModelCommand {
        @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
        int version;

        @Override
        public Integer call() {
            PublishedVersions model = published().choose(name());
            PublishedVersion shown = PublishedModels.require(model, version);
            VersionRow row = VersionRow.of(model, shown, published().reports());
            say(new VersionText(ZoneId.systemDefault()).page(shown, row));
            return 0;
        }
    }

    /** {@code hemline models pin}. */
    @Command(
            name = "pin",
            description = "Makes classifiers serve one version until it is unpinned, whatever is published meanwhile.")
    static final class Pin extends Steering {
        @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
        int version;

        @Override
        public Integer call() {
            try (ModelAdmin admin = admin(signingKey)) {
                admin.pin(version, reason);
                String model = admin.model().name();
                published()
                        .reports()
                        .of(ModelState.REFUSED, model, version)
                        .forEach(refusal -> say("Mind: " + refusal.getInstance() + " refused v" + version + " ("
                                + refusal.getReason() + ") and goes on with what it serves"));
                say("Pinned " + model + " v" + version);
                return 0;
            }
        }
    }

    /** {@code hemline models unpin}. */
    @Command(name = "unpin", description = "Makes classifiers serve the newest version again.")
    static final class Unpin extends ModelCommand {
        @Mixin
        SigningKeyOption signingKey = new SigningKeyOption();

        @Override
        public Integer call() {
            try (ModelAdmin admin = admin(signingKey)) {
                PublishedVersions model = admin.model();
                if (model.pin().isEmpty()) {
                    say("Nothing of " + model.name() + " is pinned");
                    return 0;
                }
                admin.unpin();
                say("Unpinned " + model.name() + " v" + model.pin().get().getVersion() + "; the newest version serves");
                return 0;
            }
        }
    }

    /** {@code hemline models rollback}. */
    @Command(name = "rollback", description = "Pins the version before the one that serves.")
    static final class Rollback extends Steering {
        @Override
        public Integer call() {
            try (ModelAdmin admin = admin(signingKey)) {
                PublishedVersions model = admin.model();
                InstanceReports reports = published().reports();
                int serving = PublishedModels.serving(model, reports).getVersion();
                int before = before(model, reports, serving);
                admin.pin(before, reason.isEmpty() ? "rolled back from v" + serving : reason);
                say("Rolled " + model.name() + " back from v" + serving + " to v" + before
                        + ", which is pinned now; hemline models unpin goes back to the newest");
                return 0;
            }
        }

        private static int before(PublishedVersions model, InstanceReports reports, int serving) {
            return model.versions().headMap(serving, false).descendingKeySet().stream()
                    .filter(version -> reports.of(ModelState.REFUSED, model.name(), version)
                            .isEmpty())
                    .findFirst()
                    .orElseThrow(() -> new UserError("There is no version of " + model.name() + " before v" + serving
                            + " that could serve; hemline models list shows what there is"));
        }
    }

    /** {@code hemline models policy}. */
    @Command(
            name = "policy",
            description = {
                "Says who decides which version serves.",
                "",
                "immediate: a new version serves at once, unless another one is pinned. challenger: it has to win as challenger"
                        + " first, beside what serves, which is pinned; instances of hemline classifier --challenger see to"
                        + " that. manual: people decide, with pin, challenge and promote.",
                "",
                "Without a policy it shows which it is. What a person pins stands until the policy is said again.",
                ""
            })
    static final class Policy extends Steering {
        @Parameters(
                arity = "0..1",
                paramLabel = "POLICY",
                description = "immediate, challenger or manual.",
                converter = PolicyName.class)
        @Nullable
        ServingPolicy policy;

        @Override
        public Integer call() {
            if (policy == null) {
                PublishedVersions model = published().choose(name());
                say("The policy of " + model.name() + " is " + ModelAdmin.code(model.servingPolicy()));
                return 0;
            }
            try (ModelAdmin admin = admin(signingKey)) {
                PublishedVersions model = admin.model();
                admin.policy(policy, reason);
                String pinned = model.serving()
                        .map(serving -> "; v" + serving.getVersion() + " is pinned")
                        .orElse("");
                say("The policy of " + model.name() + " is " + ModelAdmin.code(policy)
                        + (policy == ServingPolicy.IMMEDIATE && model.pin().isEmpty() ? "" : pinned));
                return 0;
            }
        }
    }

    /** {@code hemline models challenge}. */
    @Command(
            name = "challenge",
            description =
                    "Makes challengers, instances of hemline classifier --challenger, answer with one version beside the"
                            + " one that serves.")
    static final class Challenge extends Steering {
        @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
        int version;

        @Override
        public Integer call() {
            try (ModelAdmin admin = admin(signingKey)) {
                admin.challenge(version, reason);
                say(admin.model().name() + " v" + version
                        + " challenges what serves; its answers are on topic shadow-classifications");
                return 0;
            }
        }
    }

    /** {@code hemline models experiments}. */
    @Command(
            name = "experiments",
            description = {
                "Shows how challengers did beside what served, on the labelled events that both answered.",
                "",
                "WON are events that the challenger alone had right, LOST those that the other one had.",
                ""
            })
    static final class Experiments extends ModelCommand {
        @Option(names = "--json", description = "One JSON object with all of it.")
        boolean json;

        @Override
        public Integer call() {
            PublishedModels published = published();
            String model = published.choose(name()).name();
            List<ExperimentRow> rows = published.experiments(model);
            if (json) {
                say(JsonFile.text(new ExperimentRow.Listing(model, rows)));
            } else if (rows.isEmpty()) {
                say("No version of " + model
                        + " has been compared with another; hemline models challenge V makes one a challenger, and"
                        + " hemline classifier --challenger runs it");
            } else {
                say(ExperimentText.table(model, rows));
            }
            return 0;
        }
    }

    /** {@code hemline models promote}. */
    @Command(
            name = "promote",
            description = {
                "Pins the challenger: it serves, and challenges no more.",
                "",
                "Where the policy is challenger, what served before shadows it then, and is pinned again if the one that was"
                        + " promoted fails this probation.",
                ""
            })
    static final class Promote extends Steering {
        @Override
        public Integer call() {
            try (ModelAdmin admin = admin(signingKey)) {
                PublishedVersions model = admin.model();
                int challenger = model.challenger()
                        .orElseThrow(() -> new UserError(
                                model.name() + " has no challenger; hemline models challenge V makes a version one"))
                        .getVersion();
                String why = reason.isEmpty() ? "promoted" : reason;
                Optional<Integer> champion = model.serving().map(ModelManifest::getVersion);
                if (model.servingPolicy() == ServingPolicy.CHALLENGER && champion.isPresent()) {
                    admin.swap(challenger, champion.get(), why);
                    say("Promoted " + model.name() + " v" + challenger + "; v" + champion.get()
                            + " shadows it, and serves again if that does better");
                    return 0;
                }
                admin.promote(challenger, why);
                say("Promoted " + model.name() + " v" + challenger
                        + ", which is pinned now; hemline models unpin goes back to the newest");
                return 0;
            }
        }
    }

    /** {@code hemline models reject}. */
    @Command(name = "reject", description = "Makes challengers idle; the version stays.")
    static final class Reject extends Steering {
        @Override
        public Integer call() {
            try (ModelAdmin admin = admin(signingKey)) {
                PublishedVersions model = admin.model();
                if (model.challenger().isEmpty()) {
                    say(model.name() + " has no challenger");
                    return 0;
                }
                if (model.servingPolicy() == ServingPolicy.CHALLENGER) {
                    throw new UserError("The policy of " + model.name() + " is challenger, so v"
                            + model.challenger().get().getVersion()
                            + " would challenge again; hemline models policy manual first");
                }
                admin.reject(reason);
                say("Rejected " + model.name() + " v" + model.challenger().get().getVersion() + " as challenger");
                return 0;
            }
        }
    }

    /** {@code hemline models retire}. */
    @Command(
            name = "retire",
            description = "Takes a version off the topic for good; where it served, the newest remaining one does.")
    static final class Retire extends ModelCommand {
        @Parameters(paramLabel = "V", converter = VersionNumber.class, description = "The version, such as 12 or v12.")
        int version;

        @Override
        public Integer call() {
            try (ModelAdmin admin = admin()) {
                admin.retire(version);
                say("Retired " + admin.model().name() + " v" + version + "; its number is never used again");
                return 0;
            }
        }
    }
}
