package dev.cordon.core.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Answers methods that the API contract does not offer at an address, and {@code OPTIONS}, with the
 * ones it does. The framework's own answers name no method, or those of neighbouring addresses too.
 */
@Singleton
class ContractMethods {
  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  private final HttpEdge edge;
  private final Map<Pattern, Set<String>> allowed = new LinkedHashMap<>();

  ContractMethods(HttpEdge edge) throws IOException {
    this.edge = edge;
    try (InputStream contract =
        ContractMethods.class.getClassLoader().getResourceAsStream("META-INF/openapi.yaml")) {
      for (Map.Entry<String, JsonNode> path :
          new YAMLMapper().readTree(contract).get("paths").properties()) {
        allowed.put(pattern(path.getKey()), methods(path.getValue()));
      }
    }
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE + 2).handler(this::answerMethod);
  }

  private void answerMethod(RoutingContext call) {
    Optional<Set<String>> methods = at(call.normalizedPath());
    String method = call.request().method().name();
    if (methods.isEmpty() || methods.get().contains(method) && !method.equals("OPTIONS")) {
      call.next();
      return;
    }
    String allow = String.join(", ", methods.get());
    call.response().putHeader(HttpHeaders.ALLOW, allow);
    if (method.equals("OPTIONS")) {
      call.response().setStatusCode(204).end();
    } else {
      edge.answer(call, Problem.of(Code.METHOD_NOT_ALLOWED, "the methods here are " + allow));
    }
  }

  private Optional<Set<String>> at(String path) {
    return allowed.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(path).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Pattern pattern(String template) {
    return Pattern.compile(template.replaceAll("\\{[^}]*}", "[^/]+") + "/?");
  }

  private static Set<String> methods(JsonNode path) {
    Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
    path.fieldNames()
        .forEachRemaining(
            name -> {
              if (METHODS.contains(name)) {
                methods.add(name.toUpperCase(java.util.Locale.ROOT));
              }
            });
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }
}
