package dev.cordon.core.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * The part of the JDK that a plugin may use. What is not listed is refused, so that a new JDK opens
 * no new door: no network, files, reflection, threads, processes, native code or surroundings.
 */
final class PluginWorld {
  private static final Set<String> PACKAGES =
      Set.of(
          "java.lang",
          "java.lang.annotation",
          "java.lang.runtime",
          "java.math",
          "java.nio",
          "java.nio.charset",
          "java.text",
          "java.time",
          "java.time.temporal",
          "java.util",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks",
          "java.util.function",
          "java.util.random",
          "java.util.regex",
          "java.util.stream");

  private static final Set<String> ALSO =
      Set.of(
          "java.io.IOException",
          "java.io.Serializable",
          "java.io.UncheckedIOException",
          "java.util.concurrent.ConcurrentHashMap",
          "java.util.concurrent.ConcurrentMap");

  /** In a listed package, and yet a door. */
  private static final Set<String> DOORS =
      Set.of(
          "java.lang.ClassLoader",
          "java.lang.InheritableThreadLocal",
          "java.lang.Module",
          "java.lang.ModuleLayer",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.ProcessHandle",
          "java.lang.Runtime",
          "java.lang.StackWalker",
          "java.lang.ThreadGroup",
          "java.util.ResourceBundle",
          "java.util.Scanner",
          "java.util.Formatter",
          "java.util.ServiceLoader",
          "java.util.Timer",
          "java.util.TimerTask");

  /** A cancelled call is an interrupted one, so a plugin may ask, and no more. */
  private static final Set<String> QUIET_THREAD = Set.of("currentThread", "isInterrupted");

  private static final Set<String> QUIET_SYSTEM =
      Set.of("arraycopy", "identityHashCode", "lineSeparator", "nanoTime");
  private static final Set<String> LOUD_CLASS =
      Set.of("forName", "getClassLoader", "getModule", "getResource", "getResourceAsStream");
  private static final Set<String> THREADED_STREAM = Set.of("parallel", "parallelStream");

  static final DescribedPredicate<JavaClass> CLASSES =
      DescribedPredicate.describe("quiet parts of the JDK", PluginWorld::isQuiet);

  private PluginWorld() {}

  private static boolean isQuiet(JavaClass type) {
    JavaClass element = type.getBaseComponentType();
    if (element.isPrimitive()) {
      return true;
    }
    String outermost = element.getName().split("\\$", 2)[0];
    return ALSO.contains(outermost)
        || PACKAGES.contains(element.getPackageName())
            && !DOORS.contains(outermost)
            && !element.getName().startsWith("java.lang.Thread$");
  }

  /** Calls that leave the call although their class is quiet. */
  static ArchCondition<JavaClass> callNothingLoud() {
    return new ArchCondition<>("call nothing that reaches out") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (isLoud(access.getTargetOwner(), access.getName())) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
      }
    };
  }

  private static boolean isLoud(JavaClass owner, String member) {
    return switch (owner.getName()) {
      case "java.lang.System" -> !QUIET_SYSTEM.contains(member);
      case "java.lang.Thread" -> !QUIET_THREAD.contains(member);
      case "java.lang.Class" -> LOUD_CLASS.contains(member);
      case "java.util.Locale", "java.util.TimeZone" -> member.equals("setDefault");
      default -> owner.getPackageName().startsWith("java.util") && THREADED_STREAM.contains(member);
    };
  }
}
