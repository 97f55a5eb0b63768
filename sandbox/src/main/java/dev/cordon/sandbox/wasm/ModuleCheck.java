package dev.cordon.sandbox.wasm;

import dev.cordon.sandbox.pack.PluginPackageException;
import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import dev.cordon.spi.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionBody;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Global;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.ValType;

/**
 * What a module may hold: the instructions that compilers of ordinary languages emit, one memory,
 * small tables, and imports that are offered. Garbage-collected objects and growing tables would be
 * memory outside the limit, exceptions a way to survive a trip, threads a way to wait unseen.
 */
final class ModuleCheck {
  static final String ENTRY = "analyse";
  private static final String MEMORY = "memory";
  private static final int MOST_TABLE_ENTRIES = 1 << 14;
  private static final int MOST_TABLES = 4;

  private final WasmModule module;

  ModuleCheck(WasmModule module) {
    this.module = module;
  }

  /** The host functions that the module asks for, when it may have each of them. */
  List<HostCall> imports(Set<Permission> permissions) throws PluginPackageException {
    List<HostCall> calls = new ArrayList<>();
    for (Import wanted : module.importSection().stream().toList()) {
      HostCall call =
          wanted.module().equals(HostCall.MODULE) && wanted instanceof FunctionImport
              ? HostCall.offered(wanted.name(), permissions)
              : null;
      if (call == null) {
        throw new PluginPackageException(
            Reason.IMPORT,
            "the module imports `"
                + shown(wanted.module())
                + "."
                + shown(wanted.name())
                + "`, which is not offered with its permissions");
      }
      FunctionType type = module.typeSection().getType(((FunctionImport) wanted).typeIndex());
      if (!type.equals(call.type())) {
        throw new PluginPackageException(
            Reason.IMPORT, "the module imports `" + call.name() + "` with other parameters");
      }
      calls.add(call);
    }
    return calls;
  }

  /** From what the module starts with up to what it may have. */
  MemoryLimits memory(int mostPages) throws PluginPackageException {
    if (module.memorySection().isEmpty() || module.memorySection().get().memoryCount() != 1) {
      throw refused("the module does not have one memory");
    }
    MemoryLimits asked = module.memorySection().get().getMemory(0).limits();
    if (asked.shared()) {
      throw refused("the module's memory is shared");
    }
    if (asked.initialPages() > mostPages) {
      throw refused(
          "the module's memory starts larger than the " + mostPages + " pages it may have");
    }
    return new MemoryLimits(asked.initialPages(), Math.min(mostPages, asked.maximumPages()));
  }

  void everythingElse() throws PluginPackageException {
    requireExport(MEMORY, ExternalType.MEMORY);
    int entry = requireExport(ENTRY, ExternalType.FUNCTION) - imported();
    if (entry < 0
        || !module
            .functionSection()
            .getFunctionType(entry, module.typeSection())
            .equals(FunctionType.returning(ValType.I32))) {
      throw refused("`" + ENTRY + "` is not a function without parameters that returns an i32");
    }
    if (module.tagSection().isPresent() && module.tagSection().get().tagCount() > 0) {
      throw refused("the module has exceptions");
    }
    tables();
    Stream<Instruction> code =
        Arrays.stream(module.codeSection().functionBodies())
            .map(FunctionBody::instructions)
            .flatMap(List::stream);
    Stream<Instruction> initialisers =
        Stream.concat(
            Arrays.stream(module.globalSection().globals())
                .map(Global::initInstructions)
                .flatMap(List::stream),
            module.elementSection().stream()
                .flatMap(element -> element.initializers().stream())
                .flatMap(List::stream));
    for (Instruction instruction : Stream.concat(code, initialisers).toList()) {
      if (!isOrdinary(instruction.opcode())) {
        throw refused("the module uses the instruction `" + instruction.opcode() + "`");
      }
    }
  }

  private void tables() throws PluginPackageException {
    if (module.tableSection().tableCount() > MOST_TABLES) {
      throw refused("the module has more than " + MOST_TABLES + " tables");
    }
    for (int i = 0; i < module.tableSection().tableCount(); i++) {
      TableLimits limits = module.tableSection().getTable(i).limits();
      if (limits.min() > MOST_TABLE_ENTRIES) {
        throw refused("a table has more than " + MOST_TABLE_ENTRIES + " entries");
      }
      for (Instruction instruction : module.tableSection().getTable(i).initialize()) {
        if (!isOrdinary(instruction.opcode())) {
          throw refused("a table uses the instruction `" + instruction.opcode() + "`");
        }
      }
    }
  }

  /**
   * WebAssembly 1.0, bulk memory, sign extension, saturating conversion, references to functions.
   */
  private static boolean isOrdinary(OpCode instruction) {
    int code = instruction.opcode();
    return code <= OpCode.ELSE.opcode()
        || code >= OpCode.END.opcode() && code <= OpCode.CALL_INDIRECT.opcode()
        || code >= OpCode.DROP.opcode() && code <= OpCode.SELECT_T.opcode()
        || code >= OpCode.LOCAL_GET.opcode() && code <= OpCode.I64_EXTEND_32_S.opcode()
        || code >= OpCode.REF_NULL.opcode() && code <= OpCode.REF_FUNC.opcode()
        || code >= OpCode.I32_TRUNC_SAT_F32_S.opcode() && code <= OpCode.TABLE_COPY.opcode();
  }

  private int requireExport(String name, ExternalType type) throws PluginPackageException {
    for (int i = 0; i < module.exportSection().exportCount(); i++) {
      Export export = module.exportSection().getExport(i);
      if (export.name().equals(name) && export.exportType() == type) {
        return export.index();
      }
    }
    throw refused("the module does not export `" + name + "`");
  }

  private int imported() {
    return module.importSection().count(ExternalType.FUNCTION);
  }

  private static String shown(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "?");
    return plain.substring(0, Math.min(plain.length(), 60));
  }

  private static PluginPackageException refused(String message) {
    return new PluginPackageException(Reason.MODULE, message);
  }
}
