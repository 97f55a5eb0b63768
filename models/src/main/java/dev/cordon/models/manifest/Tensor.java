package dev.cordon.models.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A graph's input or output; a free dimension is {@link #FREE}. */
public record Tensor(String name, Type type, List<Long> shape) {
  /** A dimension that the caller chooses. */
  public static final long FREE = -1;

  public Tensor {
    Field.text("name", name);
    Field.present("type", type);
    shape = Field.list("shape", shape);
    for (long size : shape) {
      if (size != FREE && size < 1) {
        throw new IllegalArgumentException("`shape` holds " + size);
      }
    }
  }

  /** Element types a package may use. */
  public enum Type {
    @JsonProperty("float32")
    FLOAT32,
    @JsonProperty("int64")
    INT64
  }
}
