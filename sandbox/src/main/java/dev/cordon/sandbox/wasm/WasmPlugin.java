package dev.cordon.sandbox.wasm;

import dev.cordon.sandbox.wasm.TwoThreads.HostFailure;
import dev.cordon.spi.Analysis;
import dev.cordon.spi.Finding;
import dev.cordon.spi.PluginException;
import dev.cordon.spi.PluginException.Kind;
import dev.cordon.spi.VisionPlugin;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;

/** A plugin whose every call runs in a new instance, so that none can know another's. */
final class WasmPlugin implements VisionPlugin {
  private static final int DONE = 0;
  private static final int BAD_QUESTION = 1;
  private static final int FAULT = 3;

  private final GuestModule module;
  private final SortedMap<String, String> settings;
  private final SandboxLimits limits;
  private final Consumer<Trip.Kind> listener;
  private volatile boolean closed;

  WasmPlugin(
      GuestModule module,
      SortedMap<String, String> settings,
      SandboxLimits limits,
      Consumer<Trip.Kind> listener) {
    this.module = module;
    this.settings = settings;
    this.limits = limits;
    this.listener = listener;
  }

  @Override
  public List<Finding> analyse(Analysis analysis) throws PluginException {
    if (closed) {
      throw new PluginException(Kind.UNAVAILABLE, "the plugin is closed");
    }
    TwoThreads threads = new TwoThreads();
    Guest guest = new Guest(analysis, settings, limits, threads);
    try {
      int code = threads.run(() -> call(guest), limits.time());
      return answer(code, guest);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(Kind.CANCELLED, "the call was interrupted", e);
    } catch (TimeoutException e) {
      throw trip(Trip.Kind.TIME);
    } catch (ExecutionException e) {
      throw trip(kind(e.getCause()));
    } catch (Tripped e) {
      closed = true;
      throw trip(e.kind());
    }
  }

  /** On the guest's thread. */
  private int call(Guest guest) {
    Instance instance = module.instantiate(guest);
    try {
      return (int) instance.export(ModuleCheck.ENTRY).apply()[0];
    } catch (Tripped | HostFailure e) {
      throw e;
    } catch (RuntimeException e) {
      Memory memory = instance.memory();
      boolean full = memory.pages() == memory.maximumPages() && isTrap(e);
      throw full ? new Tripped(Trip.Kind.MEMORY) : e;
    }
  }

  private List<Finding> answer(int code, Guest guest) throws PluginException {
    return switch (code) {
      case DONE -> guest.found().all();
      case BAD_QUESTION ->
          throw new PluginException(
              Kind.BAD_QUESTION, "the plugin cannot answer what is asked as it is asked");
      case FAULT -> throw new PluginException(Kind.FAULT, "the plugin found itself at fault");
      default -> throw trip(Trip.Kind.BAD_CALL);
    };
  }

  /** What ended the guest; a failure of the host is thrown on as it was. */
  private static Trip.Kind kind(Throwable end) throws PluginException {
    return switch (end) {
      case Tripped tripped -> tripped.kind();
      case HostFailure failure -> throw passedOn(failure.getCause());
      case StackOverflowError _ -> Trip.Kind.STACK;
      case RuntimeException e when e.getCause() instanceof StackOverflowError -> Trip.Kind.STACK;
      case RuntimeException _ -> Trip.Kind.TRAP;
      case Error error -> throw error;
      default -> throw new IllegalStateException("a guest throws nothing checked", end);
    };
  }

  private static PluginException passedOn(Throwable cause) {
    return switch (cause) {
      case PluginException refusal -> refusal;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("the host throws nothing else", cause);
    };
  }

  private static boolean isTrap(RuntimeException end) {
    return !(end.getCause() instanceof StackOverflowError);
  }

  private PluginException trip(Trip.Kind kind) {
    listener.accept(kind);
    return new PluginException(Kind.FAULT, "the plugin " + kind.words());
  }

  @Override
  public void close() {
    closed = true;
  }
}
