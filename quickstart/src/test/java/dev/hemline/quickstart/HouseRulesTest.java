package dev.hemline.quickstart;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom, as the table in docs/architecture.md has it. */
@AnalyzeClasses(packages = "dev.hemline", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String[] SCHEMAS = {"dev.hemline.event..", "dev.hemline.topic.."};
    private static final String FASHION_MNIST = "dev.hemline.fashionmnist..";
    private static final String IMAGES = "dev.hemline.image..";
    private static final String MODEL = "dev.hemline.model..";
    private static final String SERVICE = "dev.hemline.service..";
    private static final String CONTROL = "dev.hemline.control..";
    private static final String INSIGHT = "dev.hemline.insight..";
    private static final String TRAINER = "dev.hemline.trainer..";
    private static final String CLASSIFIER = "dev.hemline.classifier..";
    private static final String QUALITY = "dev.hemline.quality..";
    private static final String PAGE = "dev.hemline.page..";
    private static final String TESTBED = "dev.hemline.testbed..";
    private static final String PRODUCER = "dev.hemline.producer..";
    private static final String QUICKSTART = "dev.hemline.quickstart..";

    @ArchTest
    static final ArchRule schemasImportOnlyAvroJacksonsParserAndTheKafkaClients = classes()
            .that(resideInAnyPackage(SCHEMAS))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(SCHEMAS)
                    .or(resideInAnyPackage(
                            "java..",
                            "com.fasterxml.jackson.core..",
                            "org.apache.avro..",
                            "org.apache.kafka.clients..",
                            "org.apache.kafka.common..",
                            "org.jspecify..")));

    @ArchTest
    static final ArchRule fashionMnistKnowsNothingElseOfOurs =
            ours(FASHION_MNIST).onlyKnow();

    @ArchTest
    static final ArchRule imagesKnowsOnlySchemas = ours(IMAGES).onlyKnow(SCHEMAS);

    @ArchTest
    static final ArchRule modelKnowsOnlySchemas = ours(MODEL).onlyKnow(SCHEMAS);

    @ArchTest
    static final ArchRule serviceKnowsOnlySchemas = ours(SERVICE).onlyKnow(SCHEMAS);

    @ArchTest
    static final ArchRule insightKnowsTheDatasetPicturesModelsAndWhatIsPublished =
            ours(INSIGHT).onlyKnow(and(SCHEMAS, FASHION_MNIST, IMAGES, MODEL, SERVICE, CONTROL));

    @ArchTest
    static final ArchRule trainerKnowsTheDatasetPicturesModelsAndWhatIsObserved =
            ours(TRAINER).onlyKnow(and(SCHEMAS, FASHION_MNIST, IMAGES, MODEL, SERVICE, INSIGHT, QUALITY));

    @ArchTest
    static final ArchRule classifierKnowsPicturesModelsAndTheServiceShellButNoDataset =
            ours(CLASSIFIER).onlyKnow(and(SCHEMAS, IMAGES, MODEL, SERVICE));

    @ArchTest
    static final ArchRule qualityKnowsModelsAndTheServiceShellButNoClassifier =
            ours(QUALITY).onlyKnow(and(SCHEMAS, MODEL, SERVICE));

    @ArchTest
    static final ArchRule pageKnowsTheTwoStreamsItShows =
            ours(PAGE).onlyKnow(and(SCHEMAS, IMAGES, MODEL, SERVICE, CLASSIFIER, QUALITY));

    @ArchTest
    static final ArchRule testbedKnowsNoDemo =
            ours(TESTBED).onlyKnow(and(SCHEMAS, FASHION_MNIST, MODEL, SERVICE, QUALITY));

    @ArchTest
    static final ArchRule producerKnowsTheDatasetAndTheServiceShell =
            ours(PRODUCER).onlyKnow(and(SCHEMAS, FASHION_MNIST, SERVICE));

    @ArchTest
    static final ArchRule controlKnowsModelsAndTheServiceShell = ours(CONTROL).onlyKnow(and(SCHEMAS, MODEL, SERVICE));

    @ArchTest
    static final ArchRule nobodyKnowsTheQuickstart = noClasses()
            .that(resideOutsideOfPackage(QUICKSTART))
            .should()
            .dependOnClassesThat(resideInAPackage(QUICKSTART));

    @ArchTest
    static final ArchRule onlyModelsAndTrainingTouchDjl = noClasses()
            .that(resideOutsideOfPackage(MODEL).and(resideOutsideOfPackage("dev.hemline.trainer.training..")))
            .should()
            .dependOnClassesThat(resideInAPackage("ai.djl.."));

    @ArchTest
    static final ArchRule onlyTheTwoStreamsAndTheirPageTouchKafkaStreams = noClasses()
            .that(resideOutsideOfPackage(CLASSIFIER)
                    .and(resideOutsideOfPackage(QUALITY))
                    .and(resideOutsideOfPackage(PAGE))
                    .and(resideOutsideOfPackage("dev.hemline.service.streams..")))
            .should()
            .dependOnClassesThat(resideInAPackage("org.apache.kafka.streams.."));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.hemline.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packagesAreNamedAfterWhatTheyAreAbout = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..helper..", "..manager..");

    private static Module ours(String packages) {
        return new Module(packages);
    }

    private static String[] and(String[] some, String... more) {
        String[] all = new String[some.length + more.length];
        System.arraycopy(some, 0, all, 0, some.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private record Module(String packages) {
        /** Of what is ours; third parties are each module's own affair. */
        ArchRule onlyKnow(String... others) {
            return classes()
                    .that(resideInAPackage(packages))
                    .should()
                    .onlyDependOnClassesThat(resideOutsideOfPackage("dev.hemline..")
                            .or(resideInAPackage(packages))
                            .or(resideInAnyPackage(others)));
        }
    }
}
