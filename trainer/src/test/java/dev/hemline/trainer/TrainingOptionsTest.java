package dev.hemline.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hemline.service.CommandLineApp;
import dev.hemline.trainer.training.Recipe;
import dev.hemline.trainer.training.Recipes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainingOptionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--epochs 0 | --epochs is 1 to 10000, not 0",
                "--batch-size 1 | --batch-size is 2 to 4096, not 1",
                "--learning-rate 2 | --learning-rate is above 0 and at most 1, not 2.0",
                "--label-smoothing 1 | --label-smoothing is 0 to 0.5, not 1.0",
                "--rotate 90 | --rotate is 0 to 45, not 90.0",
                "--erase 1.5 | --erase is 0 to 1, not 1.5",
                "--teacher nowhere | Invalid value for option '--teacher' (MODEL): There is no model nowhere, neither file nor folder",
                "--teacher-weight 0.5 | --teacher-weight needs a --teacher",
                "--threads 0 | --threads is 1 to 1024, not 0",
                "--limit 10 | --limit is 0 (all images) or at least the --batch-size of 128, not 10",
                "--network huge | --network is one of base, large, tiny, not 'huge'",
                "--model-name No! | --model-name is lower-case letters, digits and hyphens, not 'No!'",
                "--image-size big | Invalid value for option '--image-size': 'big' is no size such as 28x28, width first",
                "--image-size 2 | Invalid value for option '--image-size': --image-size is 4 to 1024 pixels a side, not 2x2",
                "--every soon | Invalid value for option '--every': 'soon' is no duration such as 90s, 30m, 6h or 1d",
                "--every 0m | Invalid value for option '--every': '0m' is no duration such as 90s, 30m, 6h or 1d"
            })
    void shouldSayInOneLineWhichFlagIsWrong(String arguments, String error) {
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                CommandLineApp.of(new TrainerCommand(), Map.of()).setErr(new PrintWriter(err));

        int exitCode = commandLine.execute(arguments.split(" "));

        assertThat(exitCode).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString().strip()).isEqualTo("trainer: " + error + " (try --help)");
    }

    @Test
    void shouldNotTrainForHoursBeforeItMissesItsSigningKey() {
        StringWriter err = new StringWriter();

        int exitCode = CommandLineApp.of(new TrainCommand(), Map.of())
                .setErr(new PrintWriter(err))
                .execute("--signing-key", "missing.pem");

        assertThat(exitCode).isEqualTo(CommandLineApp.FAILED);
        assertThat(err.toString()).startsWith("train: --signing-key: Cannot read key missing.pem");
    }

    @Test
    void shouldTakeTheNetworksOwnRecipeWhereNothingElseIsAskedFor() {
        RecipeOptions options = new RecipeOptions();
        new CommandLine(options).parseArgs("--network", "large", "--epochs", "3", "--erase", "0.1");

        Recipe recipe = options.recipe();

        Recipe own = Recipes.of("large");
        assertThat(recipe.epochs()).isEqualTo(3);
        assertThat(recipe.augmentation().erase()).isEqualTo(0.1);
        assertThat(recipe.augmentation().shift()).isEqualTo(own.augmentation().shift());
        assertThat(recipe.optimization()).isEqualTo(own.optimization());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--reason=returns | --reason is of no use without --request",
                "--resume | --resume needs the --output that holds the checkpoint",
                "--folds 1 | --folds is 2 to 100, not 1",
                "--folds 3 --resume | --folds keeps no checkpoint that --resume could go on from"
            })
    void shouldSayWhichFlagsDoNotGoTogether(String arguments, String error) {
        StringWriter err = new StringWriter();

        int exitCode = CommandLineApp.of(new TrainCommand(), Map.of())
                .setErr(new PrintWriter(err))
                .execute(arguments.split(" "));

        assertThat(exitCode).isEqualTo(CommandLineApp.WRONG_USAGE);
        assertThat(err.toString().strip()).isEqualTo("train: " + error + " (try --help)");
    }

    @Test
    void shouldTeachWithHelp() {
        for (Object command : new Object[] {new TrainerCommand(), new TrainCommand()}) {
            String help = CommandLineApp.of(command, Map.of()).getUsageMessage();

            assertThat(help).contains("--validate-every=IMAGES", "--data=DIR", "--bootstrap-servers=HOST:PORT");
        }
    }
}
