package dev.cordon.core.api;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The schemas of the API contract, for tests of what reads by them. */
public final class Contract {
  public static final RequestSchema SCHEMA = schema();

  private Contract() {}

  private static RequestSchema schema() {
    try {
      return new RequestSchema();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
