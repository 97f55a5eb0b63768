package dev.cordon.core.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/**
 * The native library Leptonica, which holds libjpeg-turbo and libwebp. Loaded once, from the class
 * path; what cannot be loaded stops the start. Its functions are safe for many threads.
 */
// The host's launcher allows native access; the types below are those of the library's headers.
@SuppressWarnings("restricted")
final class LeptonicaLibrary {
  private static final int SILENT = 6;

  private static LeptonicaLibrary loaded;

  private final MethodHandle readJpeg;
  private final MethodHandle width;
  private final MethodHandle height;
  private final MethodHandle depth;
  private final MethodHandle words;
  private final MethodHandle data;
  private final MethodHandle destroy;
  private final MethodHandle readWebp;

  private LeptonicaLibrary(SymbolLookup symbols) {
    readJpeg =
        function(
            symbols,
            "pixReadMemJpeg",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    width = function(symbols, "pixGetWidth", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    height = function(symbols, "pixGetHeight", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    depth = function(symbols, "pixGetDepth", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    words = function(symbols, "pixGetWpl", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    data = function(symbols, "pixGetData", FunctionDescriptor.of(ADDRESS, ADDRESS));
    destroy = function(symbols, "pixDestroy", FunctionDescriptor.ofVoid(ADDRESS));
    readWebp =
        function(
            symbols,
            "WebPDecodeRGBAInto",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT));
    call(
        () ->
            (int)
                function(symbols, "setMsgSeverity", FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                    .invokeExact(SILENT));
  }

  /** The same library for every decoder of this process. */
  static synchronized LeptonicaLibrary load() {
    if (loaded == null) {
      loaded = unpack();
    }
    return loaded;
  }

  private static LeptonicaLibrary unpack() {
    String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "arm64";
    String resource = "/org/bytedeco/leptonica/linux-" + machine + "/libleptonica.so.6";
    try (InputStream library = LeptonicaLibrary.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new IllegalStateException("there is no image decoder for " + machine);
      }
      Path file = Files.createTempFile("cordon-leptonica", ".so");
      try {
        Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
        return new LeptonicaLibrary(SymbolLookup.libraryLookup(file, Arena.global()));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the image decoder cannot be unpacked", e);
    }
  }

  /** Rows of a decoded JPEG: one word a pixel, or one byte a pixel when grey. */
  record Rows(int width, int height, int depth, int words, MemorySegment data) {}

  /** Uses the decoded rows while they exist. */
  interface Reader<T> {
    T read(Rows rows);
  }

  /**
   * Decodes at 1 / {@code reduction} of the size (1, 2, 4 or 8); null when the file is damaged,
   * which includes everything that libjpeg merely warns of.
   */
  <T> T readJpeg(byte[] file, int reduction, Reader<T> reader) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, file);
      MemorySegment warnings = arena.allocate(JAVA_INT);
      MemorySegment pix =
          call(
              () ->
                  (MemorySegment)
                      readJpeg.invokeExact(bytes, (long) file.length, 0, reduction, warnings, 0));
      if (pix.address() == 0) {
        return null;
      }
      try {
        return warnings.get(JAVA_INT, 0) == 0 ? reader.read(rows(pix)) : null;
      } finally {
        MemorySegment pointer = arena.allocateFrom(ADDRESS, pix);
        call(
            () -> {
              destroy.invokeExact(pointer);
              return null;
            });
      }
    }
  }

  private Rows rows(MemorySegment pix) {
    int high = call(() -> (int) height.invokeExact(pix));
    int line = call(() -> (int) words.invokeExact(pix));
    MemorySegment start = call(() -> (MemorySegment) data.invokeExact(pix));
    return new Rows(
        call(() -> (int) width.invokeExact(pix)),
        high,
        call(() -> (int) depth.invokeExact(pix)),
        line,
        start.reinterpret(4L * line * high));
  }

  /** Uses red, green, blue and alpha of every pixel while they exist; null when damaged. */
  <T> T readWebp(byte[] file, int width, int height, Function<MemorySegment, T> reader) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, file);
      MemorySegment rgba = arena.allocate(4L * width * height);
      MemorySegment decoded =
          call(
              () ->
                  (MemorySegment)
                      readWebp.invokeExact(
                          bytes, (long) file.length, rgba, rgba.byteSize(), 4 * width));
      return decoded.address() == 0 ? null : reader.apply(rgba);
    }
  }

  private static MethodHandle function(SymbolLookup symbols, String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type);
  }

  private interface Call<T> {
    T make() throws Throwable;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.make();
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a native call threw", e);
    }
  }
}
