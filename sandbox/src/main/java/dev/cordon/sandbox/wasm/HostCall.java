package dev.cordon.sandbox.wasm;

import dev.cordon.spi.Permission;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import run.endive.runtime.HostFunction;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.ValType;

/**
 * One function that the host offers to guests.
 *
 * @param name as imported from the module {@code cordon}
 * @param permission without which it is not there
 */
record HostCall(String name, FunctionType type, Permission permission, Body body) {
  static final String MODULE = "cordon";
  private static final long[] NOTHING = {};
  private static final Map<Character, ValType> TYPES =
      Map.of('i', ValType.I32, 'f', ValType.F32, 'd', ValType.F64);
  private static final Map<String, HostCall> ALL =
      Stream.of(QuestionCalls.ALL, ModelCalls.ALL, FindingCalls.ALL)
          .flatMap(Collection::stream)
          .collect(Collectors.toMap(HostCall::name, Function.identity()));

  /** What it does; arguments and answer as they lie on the guest's stack. */
  @FunctionalInterface
  interface Body {
    long run(Guest guest, Arguments arguments);
  }

  /** The same, without an answer. */
  @FunctionalInterface
  interface Procedure {
    void run(Guest guest, Arguments arguments);
  }

  /** What the guest passed. */
  record Arguments(long[] raw) {
    int integer(int index) {
      return (int) raw[index];
    }

    float decimal(int index) {
      return Float.intBitsToFloat((int) raw[index]);
    }

    int[] integers(int from, int count) {
      int[] integers = new int[count];
      for (int i = 0; i < count; i++) {
        integers[i] = integer(from + i);
      }
      return integers;
    }
  }

  /** Its signature is parameters, colon, result, each i, f or d for i32, f32 or f64. */
  static HostCall gives(String name, String signature, Body body) {
    int colon = signature.indexOf(':');
    return new HostCall(
        name,
        FunctionType.of(
            types(signature.substring(0, colon)), types(signature.substring(colon + 1))),
        Permission.SIMILARITIES,
        body);
  }

  static HostCall does(String name, String parameters, Procedure procedure) {
    return gives(
        name,
        parameters + ":",
        (guest, arguments) -> {
          procedure.run(guest, arguments);
          return 0;
        });
  }

  HostCall with(Permission needed) {
    return new HostCall(name, type, needed, body);
  }

  /** The function of that name, if these permissions have it; else null. */
  static HostCall offered(String name, Set<Permission> permissions) {
    HostCall call = ALL.get(name);
    return call != null && permissions.contains(call.permission()) ? call : null;
  }

  HostFunction bind(Guest guest) {
    return new HostFunction(
        MODULE,
        name,
        type,
        (instance, arguments) -> {
          guest.enter(instance);
          long answer = body.run(guest, new Arguments(arguments));
          return type.returns().isEmpty() ? NOTHING : new long[] {answer};
        });
  }

  static long bits(float value) {
    return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
  }

  private static List<ValType> types(String letters) {
    return letters.chars().mapToObj(letter -> TYPES.get((char) letter)).toList();
  }
}
