package dev.cordon.models.manifest;

/** Digest (SHA-256, lower-case hex) and size of one file of a package. */
public record PackageFile(String sha256, long bytes) {
  /** Allowed file names: flat, no path separators, no hidden files. */
  static final String NAME =
      "(?!(manifest\\.json|bom\\.cdx\\.json|model\\.sig)$)[A-Za-z0-9][A-Za-z0-9._-]{0,127}";

  public PackageFile {
    Field.matches("files.sha256", sha256, "[0-9a-f]{64}");
    Field.atLeast("files.bytes", bytes, 1);
  }
}
