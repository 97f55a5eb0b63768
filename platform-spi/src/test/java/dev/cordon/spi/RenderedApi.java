package dev.cordon.spi;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line for each type and member that a plugin can name, sorted; names leave out our package.
 */
final class RenderedApi {
  private static final int VISIBLE = Modifier.PUBLIC | Modifier.PROTECTED;

  private RenderedApi() {}

  static List<String> ofPackage() throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes =
        Path.of(VisionPlugin.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> names;
    try (Stream<Path> files = Files.list(classes.resolve("dev/cordon/spi"))) {
      names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
              .map(name -> "dev.cordon.spi." + name.substring(0, name.length() - 6))
              .toList();
    }
    var lines = new TreeSet<String>();
    for (String name : names) {
      for (String line : ofType(Class.forName(name))) {
        lines.add(line.replace("dev.cordon.spi.", ""));
      }
    }
    return List.copyOf(lines);
  }

  static Set<String> ofType(Class<?> type) {
    var lines = new TreeSet<String>();
    if ((type.getModifiers() & VISIBLE) == 0) {
      return lines;
    }
    String owner = type.getName();
    lines.add(owner + " is " + declaration(type));
    for (Field field : type.getDeclaredFields()) {
      if (isApi(field.getModifiers(), field.isSynthetic())) {
        lines.add(owner + " has " + field(field));
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isApi(constructor.getModifiers(), constructor.isSynthetic())) {
        lines.add(owner + " has " + constructor.toGenericString());
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (isApi(method.getModifiers(), method.isSynthetic()) && !isGiven(type, method)) {
        lines.add(owner + " has " + method.toGenericString());
      }
    }
    return lines;
  }

  private static boolean isApi(int modifiers, boolean synthetic) {
    return (modifiers & VISIBLE) != 0 && !synthetic;
  }

  /** What every record or enum has by its kind; it changes only when the kind does. */
  private static boolean isGiven(Class<?> type, Method method) {
    return type.isRecord() && Set.of("equals", "hashCode", "toString").contains(method.getName())
        || type.isEnum() && Set.of("values", "valueOf").contains(method.getName());
  }

  private static String declaration(Class<?> type) {
    var words = new ArrayList<String>();
    words.add(type.toGenericString());
    if (type.isRecord()) {
      words.add(
          Arrays.stream(type.getRecordComponents())
              .map(part -> part.getGenericType().getTypeName() + " " + part.getName())
              .collect(Collectors.joining(", ", "(", ")")));
    }
    if (type.getGenericSuperclass() != null) {
      words.add("extends " + type.getGenericSuperclass().getTypeName());
    }
    if (type.getInterfaces().length > 0) {
      words.add("with " + names(type.getInterfaces()));
    }
    if (type.isSealed()) {
      words.add("permits " + names(type.getPermittedSubclasses()));
    }
    return String.join(" ", words);
  }

  private static String names(Class<?>[] types) {
    return Arrays.stream(types).map(Class::getName).sorted().collect(Collectors.joining(", "));
  }

  private static String field(Field field) {
    String text = field.toGenericString();
    boolean compiledIn =
        Modifier.isStatic(field.getModifiers())
            && (field.getType().isPrimitive() || field.getType() == String.class);
    try {
      // A constant is copied into a plugin's class file, so its value is part of the promise.
      return compiledIn ? text + " = " + field.get(null) : text;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
