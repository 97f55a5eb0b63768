package dev.cordon.core.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cordon.core.identity.Role;
import dev.cordon.core.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code openapi.yaml} promises and what the resources declare are the same. */
class ContractTest {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final Pattern ROLES = Pattern.compile("(?<=`)[a-z]+(-[a-z]+)*(?=`)");
  private static final JsonNode CONTRACT = contract();
  private static final Map<String, JsonNode> DOCUMENTED = documented();
  private static final Map<String, Operation> SERVED = Operation.all();

  static Set<String> operations() {
    return DOCUMENTED.keySet();
  }

  @Test
  void everyAddressStandsInTheContractAndNoOther() {
    assertFalse(SERVED.isEmpty());
    assertEquals(SERVED.keySet(), DOCUMENTED.keySet());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void theSummaryNamesTheRolesThatAreLetIn(String operation) {
    String summary = DOCUMENTED.get(operation).path("summary").asText();
    assertEquals(SERVED.get(operation).roles(), roles(summary), summary);
    assertTrue(
        Role.ALL.containsAll(roles(summary)) && open(operation) == roles(summary).isEmpty(),
        summary);
  }

  @ParameterizedTest
  @MethodSource("operations")
  void onlyWhatIsOpenToAllNeedsNoToken(String operation) {
    JsonNode security = DOCUMENTED.get(operation).path("security");
    assertEquals(open(operation), security.isArray() && security.isEmpty());
    assertEquals(open(operation), !security.isMissingNode(), "only the default or none");
    assertEquals("bearer", CONTRACT.path("security").path(0).fieldNames().next());
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyDocumentedStatusIsOneTheHostCanGive(String operation) {
    Set<String> given =
        Stream.concat(
                Stream.of("200", "201", "202"),
                Arrays.stream(Code.values()).map(code -> Integer.toString(code.status())))
            .collect(Collectors.toSet());
    Set<String> statuses = new TreeSet<>();
    DOCUMENTED.get(operation).path("responses").fieldNames().forEachRemaining(statuses::add);
    assertTrue(given.containsAll(statuses), statuses::toString);
    assertTrue(statuses.contains(SERVED.get(operation).success()), statuses::toString);
    assertEquals(!open(operation), statuses.contains("401"), statuses::toString);
    assertEquals(!open(operation), statuses.contains("403"), statuses::toString);
    assertFalse(statuses.contains("500"), "a fault is not part of the contract");
  }

  @ParameterizedTest
  @MethodSource("operations")
  void mediaTypesAreThoseTheResourceDeclares(String operation) {
    JsonNode documented = DOCUMENTED.get(operation);
    Operation served = SERVED.get(operation);
    assertEquals(served.consumes(), fields(documented.path("requestBody").path("content")));
    assertEquals(
        served.produces(),
        fields(documented.path("responses").path(served.success()).path("content")));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void parametersAreThoseTheResourceReads(String operation) {
    Set<String> names =
        StreamSupport.stream(DOCUMENTED.get(operation).path("parameters").spliterator(), false)
            .map(ContractTest::resolved)
            .map(parameter -> parameter.path("in").asText() + " " + parameter.path("name").asText())
            .collect(Collectors.toSet());
    assertEquals(SERVED.get(operation).parameters(), names);
  }

  private static boolean open(String operation) {
    return SERVED.get(operation).open();
  }

  private static Set<String> roles(String summary) {
    int from = summary.indexOf("Role");
    return from < 0
        ? Set.of()
        : ROLES
            .matcher(summary)
            .region(from, summary.length())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
  }

  private static Set<String> fields(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? CONTRACT.at(node.get("$ref").asText().substring(1)) : node;
  }

  private static Map<String, JsonNode> documented() {
    Map<String, JsonNode> operations = new TreeMap<>();
    CONTRACT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(item -> METHODS.contains(item.getKey()))
                    .forEach(
                        item ->
                            operations.put(item.getKey() + " " + path.getKey(), item.getValue())));
    return operations;
  }

  private static JsonNode contract() {
    try (InputStream file =
        ContractTest.class.getClassLoader().getResourceAsStream("META-INF/openapi.yaml")) {
      return new YAMLMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException("the contract cannot be read", e);
    }
  }

  /** Shown to bite on a resource that is not in the contract. */
  @Test
  void anUndocumentedAddressWouldBeSeen() {
    Map<String, Operation> found = Operation.of(List.of(Undocumented.class));
    assertEquals(Set.of("get /v1/secrets/{name}"), found.keySet());
    Operation operation = found.values().iterator().next();
    assertEquals(Set.of("operator"), operation.roles());
    assertEquals(Set.of("path name"), operation.parameters());
    assertFalse(operation.open());
  }

  @jakarta.ws.rs.Path("v1/secrets")
  @jakarta.annotation.security.RolesAllowed(Role.OPERATOR)
  static final class Undocumented {
    @jakarta.ws.rs.GET
    @jakarta.ws.rs.Path("{name}")
    public String read(@jakarta.ws.rs.PathParam("name") String name) {
      return name;
    }
  }
}
