package dev.cordon.sandbox.pack;

import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files of a folder or an archive, read once into memory: plain files with plain names, few and
 * small. Nothing is unpacked on a disk, so a name cannot point anywhere.
 */
final class PackageFiles {
  static final int MOST_FILES = 32;
  static final int MOST_BYTES = 8 << 20;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final Set<String> folded = new HashSet<>();
  private int bytes;

  private PackageFiles() {}

  static SortedMap<String, byte[]> read(Path folderOrZip) throws PluginPackageException {
    try {
      if (Files.isDirectory(folderOrZip, LinkOption.NOFOLLOW_LINKS)) {
        return folder(folderOrZip);
      }
      if (!Files.isRegularFile(folderOrZip, LinkOption.NOFOLLOW_LINKS)) {
        throw refused(Reason.UNREADABLE, "there is neither a folder nor an archive");
      }
      try (InputStream in = Files.newInputStream(folderOrZip, LinkOption.NOFOLLOW_LINKS)) {
        return archive(in.readNBytes(MOST_BYTES + 1));
      }
    } catch (IOException e) {
      throw new PluginPackageException(Reason.UNREADABLE, "the package cannot be read", e);
    }
  }

  static SortedMap<String, byte[]> archive(byte[] zip) throws PluginPackageException {
    if (zip.length > MOST_BYTES) {
      throw refused(Reason.TOO_LARGE, "the archive is larger than 8 MiB");
    }
    PackageFiles read = new PackageFiles();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        read.add(entry.getName(), in);
      }
    } catch (IOException | IllegalArgumentException e) {
      // The latter for a name that is not in its declared character set.
      throw new PluginPackageException(Reason.UNREADABLE, "the archive is broken", e);
    }
    if (read.files.isEmpty()) {
      throw refused(Reason.UNREADABLE, "the archive holds nothing, or is none");
    }
    return Collections.unmodifiableSortedMap(read.files);
  }

  private static SortedMap<String, byte[]> folder(Path folder)
      throws PluginPackageException, IOException {
    PackageFiles read = new PackageFiles();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          throw refused(Reason.UNSAFE_PATH, shown(name) + " is not a plain file");
        }
        try (InputStream in = Files.newInputStream(entry, LinkOption.NOFOLLOW_LINKS)) {
          read.add(name, in);
        }
      }
    }
    return Collections.unmodifiableSortedMap(read.files);
  }

  private void add(String name, InputStream in) throws PluginPackageException, IOException {
    if (!NAME.matcher(name).matches()) {
      throw refused(Reason.UNSAFE_PATH, shown(name) + " is not a plain name");
    }
    if (!folded.add(name.toLowerCase(Locale.ROOT))) {
      throw refused(Reason.NAME_COLLISION, shown(name) + " is there twice but for its case");
    }
    if (folded.size() > MOST_FILES) {
      throw refused(Reason.TOO_LARGE, "the package has more than " + MOST_FILES + " files");
    }
    byte[] content = in.readNBytes(MOST_BYTES - bytes + 1);
    bytes += content.length;
    if (bytes > MOST_BYTES) {
      throw refused(Reason.TOO_LARGE, "the package is larger than 8 MiB");
    }
    files.put(name, content);
  }

  private static String shown(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._/-]", "?");
    return "`" + plain.substring(0, Math.min(plain.length(), 80)) + "`";
  }

  private static PluginPackageException refused(Reason reason, String message) {
    return new PluginPackageException(reason, message);
  }
}
