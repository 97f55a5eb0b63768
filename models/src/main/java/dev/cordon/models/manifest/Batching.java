package dev.cordon.models.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a tower may be given several inputs in one run. */
public enum Batching {
  /** Several: each gets the vector that it gets alone, to 1e-4 in every component. */
  @JsonProperty("exact")
  EXACT,
  /** One at a time, because more would change vectors or gain nothing. */
  @JsonProperty("single")
  SINGLE
}
