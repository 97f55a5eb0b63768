package dev.cordon.core.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house obeys every rule, and every rule is shown to bite. */
class HouseTest {
  private static final String ROOT = "dev.cordon";
  private static final String FIXTURE = "dev.cordon.fixture";
  private static final Path SOURCES = Path.of("..");
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // The suite for plugin authors and the servers of the tests are jars of tests.
          .withImportOption(location -> !location.contains("/spi/conformance/"))
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(ROOT);

  static Set<String> rules() {
    return HouseRules.below(ROOT).keySet();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theHouseObeys(String rule) {
    HouseRules.below(ROOT).get(rule).check(HOUSE);
  }

  /** The small house named after a rule breaks that rule and no other. */
  @ParameterizedTest
  @MethodSource("rules")
  void eachRuleBites(String rule) {
    String root = FIXTURE + "." + rule;
    JavaClasses house = new ClassFileImporter().importPackages(root);
    Set<String> broken =
        HouseRules.below(root).entrySet().stream()
            .filter(named -> named.getValue().allowEmptyShould(true).evaluate(house).hasViolation())
            .map(named -> named.getKey())
            .collect(Collectors.toSet());
    assertEquals(Set.of(rule), broken);
  }

  /** Each way to break the rule is found, and what keeps it is left alone. */
  @ParameterizedTest
  @MethodSource("rules")
  void eachRuleFindsEveryBreach(String rule) {
    String root = FIXTURE + "." + rule;
    JavaClasses house = new ClassFileImporter().importPackages(root);
    String report =
        HouseRules.below(root)
            .get(rule)
            .allowEmptyShould(true)
            .evaluate(house)
            .getFailureReport()
            .getDetails()
            .stream()
            .collect(Collectors.joining("\n"));
    assertFalse(breaches(house).isEmpty());
    for (String breach : breaches(house)) {
      assertTrue(report.contains(breach), () -> breach + " is not reported in\n" + report);
    }
    for (JavaClass type : house) {
      assertFalse(
          type.getSimpleName().startsWith("Keeps") && report.contains(type.getName()), report);
    }
  }

  @Test
  void theRulesSeeEveryModule() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      Set<String> written =
          files
              .filter(HouseTest::isProduction)
              .map(file -> packageOf(file.getParent()))
              .collect(Collectors.toCollection(TreeSet::new));
      assertTrue(written.size() > 20);
      Set<String> seen = HOUSE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
      written.removeAll(seen);
      assertEquals(Set.of(), written);
    }
  }

  @Test
  void everyPackageSaysWhatLivesThere() throws IOException {
    assertEquals(Set.of(), silentPackages(SOURCES, HouseTest::isProduction));
  }

  @Test
  void aPackageThatSaysNothingIsFound() throws IOException {
    Set<String> silent =
        silentPackages(
            Path.of("src", "test", "java", "dev", "cordon", "fixture"),
            file -> file.toString().endsWith(".java"));
    assertTrue(silent.contains(FIXTURE + ".tellingpackages.core.util"));
  }

  private static Set<String> silentPackages(
      Path folder, java.util.function.Predicate<Path> isSource) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(isSource)
          .map(Path::getParent)
          .distinct()
          .filter(parent -> !Files.exists(parent.resolve("package-info.java")))
          .map(HouseTest::packageOf)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean isProduction(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.endsWith(".java")
        && path.contains("/src/main/java/")
        && !path.contains("/target/")
        && !path.contains("/benchmarks/")
        && !path.endsWith("-info.java");
  }

  private static String packageOf(Path folder) {
    String path = folder.toString().replace('\\', '/');
    return path.substring(path.indexOf("/java/") + "/java/".length()).replace('/', '.');
  }

  /** In a small house the offenders are named for it, or there are no others. */
  private static List<String> breaches(JavaClasses house) {
    List<String> named =
        house.stream()
            .filter(type -> type.getSimpleName().startsWith("Breaks"))
            .map(JavaClass::getName)
            .toList();
    return named.isEmpty() ? house.stream().map(JavaClass::getName).toList() : named;
  }
}
