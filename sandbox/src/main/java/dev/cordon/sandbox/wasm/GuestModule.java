package dev.cordon.sandbox.wasm;

import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import dev.cordon.spi.Permission;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.MemoryLimits;

/**
 * A module that was checked and compiled once; every instance is new, memory and globals included.
 */
final class GuestModule {
  private static final int MOST_BYTES = 2 << 20;

  private final WasmModule module;
  private final List<HostCall> imports;
  private final MemoryLimits memory;
  private final Function<Instance, Machine> machines;

  private GuestModule(
      WasmModule module,
      List<HostCall> imports,
      MemoryLimits memory,
      Function<Instance, Machine> machines) {
    this.module = module;
    this.imports = imports;
    this.memory = memory;
    this.machines = machines;
  }

  static GuestModule of(byte[] wasm, Set<Permission> permissions, int memoryPages)
      throws PluginPackageException {
    if (wasm.length > MOST_BYTES) {
      throw new PluginPackageException(Reason.TOO_LARGE, "the module is larger than 2 MiB");
    }
    try {
      WasmModule module = Parser.parse(wasm);
      ModuleCheck check = new ModuleCheck(module);
      List<HostCall> imports = check.imports(permissions);
      MemoryLimits memory = check.memory(memoryPages);
      check.everythingElse();
      GuestModule guest =
          new GuestModule(
              module,
              imports,
              memory,
              // What cannot be compiled would run without a bound on its frames.
              MachineFactoryCompiler.builder(module)
                  .withInterpreterFallback(InterpreterFallback.FAIL)
                  .compile());
      return guest;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      throw new PluginPackageException(
          Reason.MODULE, "the module is not valid, or has a function too large to compile", e);
    }
  }

  Instance instantiate(Guest guest) {
    List<ImportFunction> bound =
        imports.stream().<ImportFunction>map(call -> call.bind(guest)).toList();
    return builder(bound).build();
  }

  private Instance.Builder builder(List<ImportFunction> bound) {
    return Instance.builder(module)
        .withMachineFactory(machines)
        .withMemoryLimits(memory)
        .withImportValues(ImportValues.builder().withFunctions(bound).build());
  }
}
