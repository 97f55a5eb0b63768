package dev.cordon.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * libjpeg-turbo alone, from the same library file as the host's: scaled decode of a JPEG to RGB
 * rows in native memory, without a walk, a quality or a copy. The floor beneath the host's decoder.
 */
@SuppressWarnings("restricted")
final class TurboJpeg {
  /** The interface that the library was built for, and its struct of that interface (x86-64). */
  private static final int VERSION = 62;

  private static final long SIZE = 632;
  private static final long ERROR = 0;
  private static final long SCALE_NUMERATOR = 68;
  private static final long SCALE_DENOMINATOR = 72;
  private static final long OUTPUT_WIDTH = 136;
  private static final long OUTPUT_HEIGHT = 140;
  private static final long ERROR_BYTES = 168;

  private final MethodHandle standardError;
  private final MethodHandle create;
  private final MethodHandle source;
  private final MethodHandle readHeader;
  private final MethodHandle start;
  private final MethodHandle readLines;
  private final MethodHandle finish;
  private final MethodHandle destroy;

  private TurboJpeg(SymbolLookup symbols) {
    standardError = function(symbols, "jpeg_std_error", FunctionDescriptor.of(ADDRESS, ADDRESS));
    create =
        function(
            symbols,
            "jpeg_CreateDecompress",
            FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT, JAVA_LONG));
    source =
        function(symbols, "jpeg_mem_src", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_LONG));
    readHeader =
        function(symbols, "jpeg_read_header", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    start = function(symbols, "jpeg_start_decompress", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    readLines =
        function(
            symbols,
            "jpeg_read_scanlines",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    finish = function(symbols, "jpeg_finish_decompress", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    destroy = function(symbols, "jpeg_destroy_decompress", FunctionDescriptor.ofVoid(ADDRESS));
  }

  static TurboJpeg load() throws IOException {
    Path file = Files.createTempFile("cordon-jpeg", ".so");
    try (InputStream library =
        TurboJpeg.class.getResourceAsStream(
            "/org/bytedeco/leptonica/linux-x86_64/libleptonica.so.6")) {
      Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
      return new TurboJpeg(SymbolLookup.libraryLookup(file, Arena.global()));
    } finally {
      Files.delete(file);
    }
  }

  /** Decodes all rows at 1 / {@code reduction}; gives the number of pixels. */
  long decode(byte[] jpeg, int reduction) throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, jpeg);
      MemorySegment decoder = arena.allocate(SIZE, 16);
      MemorySegment errors = arena.allocate(2 * ERROR_BYTES, 16);
      decoder.set(ADDRESS, ERROR, (MemorySegment) standardError.invokeExact(errors));
      create.invokeExact(decoder, VERSION, SIZE);
      decoder.set(ADDRESS, ERROR, errors);
      source.invokeExact(decoder, bytes, (long) jpeg.length);
      int ready = (int) readHeader.invokeExact(decoder, 1);
      decoder.set(JAVA_INT, SCALE_NUMERATOR, 1);
      decoder.set(JAVA_INT, SCALE_DENOMINATOR, reduction);
      ready += (int) start.invokeExact(decoder);
      int width = decoder.get(JAVA_INT, OUTPUT_WIDTH);
      int height = decoder.get(JAVA_INT, OUTPUT_HEIGHT);
      MemorySegment rows = arena.allocate(3L * width * height);
      MemorySegment row = arena.allocate(ADDRESS);
      for (int y = 0; y < height; y++) {
        row.set(ADDRESS, 0, rows.asSlice(3L * width * y));
        ready += (int) readLines.invokeExact(decoder, row, 1);
      }
      ready += (int) finish.invokeExact(decoder);
      destroy.invokeExact(decoder);
      if (ready != 3 + height) {
        throw new IOException("libjpeg-turbo stopped early");
      }
      return (long) width * height;
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle function(SymbolLookup symbols, String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), type);
  }
}
