package dev.cordon.models.hub;

import dev.cordon.models.registry.ModelPackageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Unpacks a zip of a package: a bounded number of plain files with plain names, of a bounded size
 * in all. What climbs out, repeats itself, or unpacks to more than it weighs allows is refused.
 */
public final class Archive {
  private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
  private static final String NAME = PART + "(/" + PART + "){0,3}";

  private final Bounds bounds;

  public Archive(Bounds bounds) {
    this.bounds = bounds;
  }

  /** Most entries, most bytes in all, and how many times larger than the archive that may be. */
  public record Bounds(int entries, long bytes, long ratio) {
    /** Weights hardly compress; a text file of a package may. */
    public static final Bounds DEFAULT = new Bounds(64, 8L << 30, 100);
  }

  /** Unpacks into an empty folder. Links come out as the plain files that zip has them as. */
  public void unpack(Path zip, Path folder) throws ModelPackageException, IOException {
    long most = Math.min(bounds.bytes(), Math.max(1 << 20, Files.size(zip) * bounds.ratio()));
    Set<String> seen = new HashSet<>();
    long done = 0;
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        String name = plain(entry);
        if (entry.isDirectory()) {
          continue;
        }
        if (!seen.add(name.toLowerCase(Locale.ROOT)) || seen.size() > bounds.entries()) {
          throw new ModelPackageException("the archive repeats `" + name + "` or holds too much");
        }
        Path target = folder.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream in = file.getInputStream(entry)) {
          done += copy(in, target, most - done);
        }
      }
    }
  }

  private static String plain(ZipEntry entry) throws ModelPackageException {
    String name = entry.getName();
    String trimmed = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
    if (!trimmed.matches(NAME)) {
      throw new ModelPackageException(
          "the archive holds a name that is not allowed: `"
              + trimmed.replaceAll("[^A-Za-z0-9._/-]", "?")
              + "`");
    }
    return trimmed;
  }

  private static long copy(InputStream in, Path target, long most)
      throws IOException, ModelPackageException {
    long done = 0;
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
      byte[] chunk = new byte[1 << 16];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        done += n;
        if (done > most) {
          throw new ModelPackageException("the archive unpacks to more than is allowed");
        }
        out.write(chunk, 0, n);
      }
    }
    return done;
  }
}
