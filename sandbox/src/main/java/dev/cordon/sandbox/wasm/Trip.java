package dev.cordon.sandbox.wasm;

/**
 * A plugin broke out of what it may do, and its instance was ended.
 *
 * @param plugin id of the plugin
 * @param digest of its package
 */
public record Trip(Kind kind, String plugin, String version, String digest) {
  /** What it did. */
  public enum Kind {
    /** It computed for too long. */
    TIME("computed for too long"),
    /** It ended itself with all memory in use that it may have. */
    MEMORY("ran out of memory"),
    /** It called the host too often. */
    HOST_CALLS("called the host too often"),
    /** It found more than it may. */
    OUTPUT("answered too much"),
    /** It called itself too deeply. */
    STACK("called itself too deeply"),
    /** It ended itself, or divided by zero, or the like. */
    TRAP("ended itself"),
    /** A finding that is none: a score that is no probability, a box outside the image. */
    BAD_FINDING("gave an answer that is none"),
    /** A call of the host that makes no sense, such as an address outside its memory. */
    BAD_CALL("called the host wrongly"),
    /** It did not stop when it was told to. */
    STUCK("did not stop");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
