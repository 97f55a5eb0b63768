package dev.cordon.core.api;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.ResponseStatus;

/** One method of a resource as its annotations declare it; a method's own outrank its class's. */
record Operation(Method method, Set<String> otherBodies) {
  /** Every operation of the API, by method and address: {@code post /v1/analyses}. */
  static Map<String, Operation> all() {
    return of(
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(Operation.class.getPackageName())
                .stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .<Class<?>>map(JavaClass::reflect)
                .toList());
  }

  static Map<String, Operation> of(Collection<Class<?>> resources) {
    Map<String, Operation> operations = new TreeMap<>();
    resources.stream()
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> verb(method).isPresent())
        .map(method -> new Operation(method, Set.of()))
        .forEach(operation -> operations.merge(operation.address(), operation, Operation::and));
    return operations;
  }

  /** Two methods at one address must differ in the bodies they take, and in nothing else. */
  private Operation and(Operation other) {
    boolean differ = consumes().stream().noneMatch(other.consumes()::contains);
    if (!differ
        || !roles().equals(other.roles())
        || !success().equals(other.success())
        || !produces().equals(other.produces())
        || !parameters().equals(other.parameters())) {
      throw new IllegalStateException("served twice: " + address());
    }
    return new Operation(method, other.consumes());
  }

  String address() {
    String path =
        Stream.of(
                method.getDeclaringClass().getAnnotation(Path.class),
                method.getAnnotation(Path.class))
            .flatMap(Stream::ofNullable)
            .flatMap(part -> Arrays.stream(part.value().split("/")))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("/", "/", ""));
    return verb(method).orElseThrow() + " " + path;
  }

  Set<String> roles() {
    return method.isAnnotationPresent(PermitAll.class)
        ? Set.of()
        : declared(RolesAllowed.class).map(allowed -> Set.of(allowed.value())).orElse(Set.of());
  }

  boolean open() {
    return method.isAnnotationPresent(PermitAll.class)
        || roles().isEmpty() && declared(PermitAll.class).isPresent();
  }

  String success() {
    ResponseStatus status = method.getAnnotation(ResponseStatus.class);
    return status == null ? "200" : Integer.toString(status.value());
  }

  /** A method without a body reads none, whatever its class says. */
  Set<String> consumes() {
    return Stream.concat(
            declared(Consumes.class).stream().flatMap(types -> Arrays.stream(types.value())),
            otherBodies.stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  Set<String> produces() {
    return declared(Produces.class).map(types -> Set.of(types.value())).orElse(Set.of());
  }

  Set<String> parameters() {
    return Arrays.stream(method.getParameters())
        .map(Operation::place)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  private static Optional<String> place(Parameter parameter) {
    return Optional.ofNullable(parameter.getAnnotation(PathParam.class))
        .map(path -> "path " + path.value())
        .or(
            () ->
                Optional.ofNullable(parameter.getAnnotation(QueryParam.class))
                    .map(query -> "query " + query.value()))
        .or(
            () ->
                Optional.ofNullable(parameter.getAnnotation(HeaderParam.class))
                    .map(header -> "header " + header.value()));
  }

  private <A extends Annotation> Optional<A> declared(Class<A> annotation) {
    return Optional.ofNullable(method.getAnnotation(annotation))
        .or(() -> Optional.ofNullable(method.getDeclaringClass().getAnnotation(annotation)));
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .flatMap(Stream::ofNullable)
        .map(verb -> verb.value().toLowerCase(Locale.ROOT))
        .findFirst();
  }
}
