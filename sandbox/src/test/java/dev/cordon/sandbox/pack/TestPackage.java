package dev.cordon.sandbox.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A package in memory that a test may spoil before or after it is signed. */
public final class TestPackage {
  public static final SigningKey KEY = SigningKey.generate();
  public static final TrustedPublishers TRUSTED =
      TrustedPublishers.of(Map.of("acme", List.of(KEY.publicHalf())));

  private final SortedMap<String, byte[]> files = new TreeMap<>();

  /** A sound one, not signed yet. */
  public static TestPackage of(byte[] wasm, String... permissions) {
    String granted =
        String.join(", ", Arrays.stream(permissions).map(word -> "\"" + word + "\"").toList());
    return new TestPackage()
        .with("plugin.wasm", wasm)
        .with(
            "plugin.json",
            """
            {"id": "probe", "version": "1.0.0", "spi": "%s", "capability": "probe",
             "title": "A probe", "permissions": [%s], "settings": [],
             "licence": "Apache-2.0", "publisher": "acme", "wasm": "plugin.wasm"}
            """
                .formatted(granted.contains("proposals") ? "1.1" : "1.0", granted));
  }

  /** A module of the folder of hostile ones. */
  public static byte[] module(String name) {
    try (InputStream in =
        TestPackage.class.getResourceAsStream("/dev/cordon/sandbox/hostile/" + name + ".wasm")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public TestPackage with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  public TestPackage with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces words of the manifest. */
  TestPackage saying(String words, String others) {
    String manifest = new String(files.get("plugin.json"), StandardCharsets.UTF_8);
    if (!manifest.contains(words)) {
      throw new IllegalArgumentException(words);
    }
    return with("plugin.json", manifest.replace(words, others));
  }

  TestPackage without(String name) {
    files.remove(name);
    return this;
  }

  public TestPackage signed() {
    return signedBy(KEY);
  }

  TestPackage signedBy(SigningKey key) {
    SortedMap<String, String> digests = new TreeMap<>();
    files.forEach((name, content) -> digests.put(name, Sha256.of(content)));
    return with(SignedStatement.FILE, SignedStatement.sign(digests, key).write());
  }

  byte[] file(String name) {
    return files.get(name);
  }

  SortedMap<String, byte[]> files() {
    return files;
  }

  public byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  public PluginPackage open() throws PluginPackageException {
    return PluginPackage.open(zip(), TRUSTED);
  }
}
