package dev.cordon.core.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules that compiled classes must obey, by name, for the house below one root package: the
 * real one, or one that is built to break a rule.
 */
final class HouseRules {
  private static final String[] DATABASE = {
    "java.sql..", "javax.sql..", "org.postgresql..", "org.flywaydb..", "io.agroal..", "org.jooq.."
  };
  private static final String[] PERSISTENCE = {
    "org.hibernate..", "jakarta.persistence..", "io.quarkus.hibernate..", "io.quarkus.panache.."
  };
  private static final String[] FRAMEWORK = {
    "io.quarkus..", "jakarta..", "io.smallrye..", "io.vertx..", "org.eclipse.microprofile.."
  };
  private static final String[] NAMES_THAT_SAY_NOTHING = {
    "..util..", "..utils..", "..common..", "..impl..", "..manager..", "..helper..", "..base.."
  };

  /**
   * The host makes the connection that the stores use, before the framework is up: one class starts
   * the embedded server and creates its roles, one migrates as the owner, one hands the framework's
   * pool to the audit log. None of them may know a table or a mapping.
   */
  private static final String[] CONNECTING = {"EmbeddedDatabase", "Launch", "Beans"};

  private static final String ADMITTED = ".core.admission.Admitted";
  private static final String RELEASED = ".core.release.Released";

  private final String root;

  private HouseRules(String root) {
    this.root = root;
  }

  static Map<String, ArchRule> below(String root) {
    HouseRules house = new HouseRules(root);
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("pluginsalone", house.pluginsAlone());
    rules.put("spialone", house.spiAlone());
    rules.put("policyalone", house.ownArrows("policy"));
    rules.put("auditalone", house.ownArrows("audit"));
    rules.put("modelsonspi", house.ownArrows("models", "spi"));
    rules.put("galleryalone", house.ownArrows("gallery"));
    rules.put("sandboxonspi", house.ownArrows("sandbox", "spi"));
    rules.put("engineinoneroom", house.engineInOneRoom());
    rules.put("vectorsathome", house.vectorsAtHome());
    rules.put("nopluginnamed", house.noPluginNamed());
    rules.put("runtimeinoneroom", house.runtimeInOneRoom());
    rules.put("stubsathome", house.stubsAtHome());
    rules.put("databaseinstores", house.databaseInStores());
    rules.put("mappinginstores", house.mappingInStores());
    rules.put("frameworkinhost", house.frameworkInHost());
    rules.put("nocycles", house.noCycles());
    rules.put("tellingpackages", tellingPackages());
    rules.put("tellingnames", tellingNames());
    rules.put("proofsclosed", house.proofsClosed());
    rules.put("proofsmadeathome", house.proofsMadeAtHome());
    rules.put("onewriter", house.oneWriter());
    return rules;
  }

  private ArchRule pluginsAlone() {
    return classes()
        .that()
        .resideInAPackage(in("plugins"))
        .should()
        .onlyDependOnClassesThat(
            PluginWorld.CLASSES
                .or(resideInAPackage(in("spi")))
                .or(resideInAPackage(in("plugins")))
                .as("are the SPI or quiet parts of the JDK"))
        .andShould(PluginWorld.callNothingLoud())
        .as("a plugin sees the SPI and the quiet parts of the JDK");
  }

  private ArchRule spiAlone() {
    return classes()
        .that()
        .resideInAPackage(in("spi"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(in("spi"), "java..");
  }

  private ArchRule ownArrows(String module, String... allowed) {
    String[] open =
        Stream.concat(Stream.of(module), Stream.of(allowed)).map(this::in).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(in(module))
        .should()
        .dependOnClassesThat(resideInAPackage(root + "..").and(not(resideInAnyPackage(open))))
        .as(module + " depends on nothing of ours but " + String.join(", ", allowed));
  }

  private ArchRule noPluginNamed() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(in("plugins"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("plugins"))
        .as("plugins are found, never named");
  }

  private ArchRule runtimeInOneRoom() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(in("models.onnx"), in("benchmarks"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.onnxruntime..");
  }

  private ArchRule engineInOneRoom() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(in("sandbox.wasm"), in("benchmarks"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("run.endive..");
  }

  private ArchRule stubsAtHome() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(in("models.oip"), in("core.api.oip"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(in("models.oip.stub"))
        .as("only the client and the server of the Open Inference Protocol know its messages");
  }

  /** The model gives vectors to routing, and routing to the collections. */
  private ArchRule vectorsAtHome() {
    return CompositeArchRule.of(
            noClasses()
                .that()
                .resideOutsideOfPackages(in("models.onnx"), in("core.routing"), in("benchmarks"))
                .should()
                .accessTargetWhere(
                    DescribedPredicate.describe(
                        "asks the model for a vector",
                        access ->
                            access.getName().startsWith("embed")
                                && access
                                    .getTargetOwner()
                                    .getName()
                                    .equals(root + ".models.onnx.OnnxImageTextModel"))))
        .and(
            noClasses()
                .that()
                .resideOutsideOfPackages(in("models"), in("core.routing"), in("benchmarks"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(".*\\.models\\.onnx\\.(Image|Text)Vectors"))
        .and(
            noClasses()
                .that()
                .resideOutsideOfPackages(in("core.routing"), in("core.collections"))
                .should()
                .accessTargetWhere(
                    DescribedPredicate.describe(
                        "asks a call for a vector",
                        access ->
                            access
                                .getTargetOwner()
                                .isAssignableTo(root + ".core.routing.Embedding"))))
        .and(
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    in("gallery"), in("core.routing"), in("core.collections"), in("benchmarks"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(root + ".gallery.collection.UnitVector"))
        .as("vectors stay with the model, routing and the collections");
  }

  private ArchRule databaseInStores() {
    return noClasses()
        .that(are(not(connecting())))
        .and()
        .resideOutsideOfPackages(root + "..store..", in("benchmarks"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DATABASE);
  }

  private ArchRule mappingInStores() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + "..store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PERSISTENCE);
  }

  private ArchRule frameworkInHost() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(in("core"), root + "..store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FRAMEWORK);
  }

  private ArchRule noCycles() {
    return slices().matching(root + ".(*).(*)..").should().beFreeOfCycles();
  }

  private static ArchRule tellingPackages() {
    return noClasses().should().resideInAnyPackage(NAMES_THAT_SAY_NOTHING);
  }

  private static ArchRule tellingNames() {
    return noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Common)");
  }

  private ArchRule proofsClosed() {
    return constructors()
        .that()
        .areDeclaredInClassesThat()
        .haveFullyQualifiedName(root + ADMITTED)
        .or()
        .areDeclaredInClassesThat()
        .haveFullyQualifiedName(root + RELEASED)
        .should()
        .bePackagePrivate()
        .as("nobody outside can make the proof that a call passed a gate");
  }

  private ArchRule proofsMadeAtHome() {
    return CompositeArchRule.of(madeOnlyBy(".core.admission.Admission", ADMITTED))
        .and(madeOnlyBy(".core.release.Release", RELEASED))
        .as("only a gate makes the proof that a call passed it");
  }

  /** References to the constructor count: {@code Released::new} makes one too. */
  private ArchRule madeOnlyBy(String gate, String proof) {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(root + gate)
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "constructs " + proof,
                access ->
                    access.getName().equals("<init>")
                        && access.getTargetOwner().getName().equals(root + proof)));
  }

  private ArchRule oneWriter() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName(root + ".core.record.AuditWriter")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "appends to the audit log",
                access ->
                    access.getName().equals("append")
                        && access.getTargetOwner().isAssignableTo(root + ".audit.leaf.AuditLog")))
        .as("only the audit writer appends a leaf");
  }

  private DescribedPredicate<JavaClass> connecting() {
    return DescribedPredicate.describe(
        "a class of the host that makes the connection",
        type ->
            Stream.of(CONNECTING)
                .map(name -> root + ".core.wiring." + name)
                .anyMatch(type.getName()::equals));
  }

  private String in(String module) {
    return root + "." + module + "..";
  }
}
