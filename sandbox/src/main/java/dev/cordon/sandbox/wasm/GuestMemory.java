package dev.cordon.sandbox.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import run.endive.runtime.Memory;

/** The guest's linear memory, little-endian; whoever points outside of it is ended. */
final class GuestMemory {
  private final Memory memory;

  GuestMemory(Memory memory) {
    this.memory = memory;
  }

  byte[] bytes(int address, long length) {
    require(address, length);
    return memory.readBytes(address, (int) length);
  }

  /** UTF-8 without a fault; a text that is none is not answered for it. */
  String text(int address, int length) {
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(address, length)));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
  }

  int[] integers(int address, long count) {
    int[] integers = new int[checked(address, count)];
    wrap(bytes(address, count * Integer.BYTES)).asIntBuffer().get(integers);
    return integers;
  }

  float[] floats(int address, long count) {
    float[] floats = new float[checked(address, count)];
    wrap(bytes(address, count * Float.BYTES)).asFloatBuffer().get(floats);
    return floats;
  }

  void write(int address, byte[] bytes) {
    require(address, bytes.length);
    memory.write(address, bytes);
  }

  void writeIntegers(int address, int[] integers) {
    byte[] bytes = new byte[integers.length * Integer.BYTES];
    wrap(bytes).asIntBuffer().put(integers);
    write(address, bytes);
  }

  void writeFloats(int address, float[] floats) {
    byte[] bytes = new byte[floats.length * Float.BYTES];
    wrap(bytes).asFloatBuffer().put(floats);
    write(address, bytes);
  }

  /** Before anything is asked for that would not fit. */
  void require(int address, long length) {
    long end = (long) memory.pages() * Memory.PAGE_SIZE;
    if (address < 0 || length < 0 || address > end - length) {
      throw new Tripped(Trip.Kind.BAD_CALL);
    }
  }

  private int checked(int address, long count) {
    require(address, count < 0 ? -1 : count * Integer.BYTES);
    return (int) count;
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
