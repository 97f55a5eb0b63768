package dev.cordon.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * The one way to ONNX Runtime's environment: its Linux build reports usage to its maker unless the
 * process says no before the library is loaded, and this host reports nothing to anyone.
 */
public final class OnnxRuntime {
  private static final OrtEnvironment ENVIRONMENT = silent();

  private OnnxRuntime() {}

  /** The environment, with reporting off. */
  public static OrtEnvironment environment() {
    return ENVIRONMENT;
  }

  private static OrtEnvironment silent() {
    // INVARIANT: nothing touches ai.onnxruntime before this; the library reads the variable once.
    refuseReporting();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      environment.setTelemetry(false);
    } catch (ai.onnxruntime.OrtException e) {
      throw new IllegalStateException("ONNX Runtime's reporting cannot be switched off", e);
    }
    return environment;
  }

  /** Sets the variable in the process itself: a JVM cannot change its environment in Java. */
  @SuppressWarnings("restricted")
  private static void refuseReporting() {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      int failed =
          (int)
              linker
                  .downcallHandle(
                      linker.defaultLookup().find("setenv").orElseThrow(),
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_INT))
                  .invokeExact(
                      arena.allocateFrom("ORT_DISABLE_TELEMETRY"), arena.allocateFrom("1"), 1);
      if (failed != 0) {
        throw new IllegalStateException("the process's environment cannot be set");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the process's environment cannot be set", e);
    }
  }
}
