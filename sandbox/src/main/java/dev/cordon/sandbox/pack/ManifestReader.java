package dev.cordon.sandbox.pack;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.sandbox.pack.PluginPackageException.Reason;
import dev.cordon.spi.Permission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code plugin.json}: strict JSON, every field known and of its form, none twice. */
final class ManifestReader {
  private static final int MOST_BYTES = 1 << 16;
  private static final int MOST_SETTINGS = 32;

  /**
   * Shorter than a digest, so that neither can be taken for the other, and short enough for leaves.
   */
  private static final String NAME = "(?=.{1,63}$)[a-z0-9]+(-[a-z0-9]+)*";

  private static final String LINE = "[^\\p{Cntrl}\\p{Cs}]{1,200}";
  private static final String SEMANTIC = "(?=.{1,64}$)" + Versions.SEMANTIC.pattern();
  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "version",
          "spi",
          "capability",
          "title",
          "permissions",
          "settings",
          "licence",
          "publisher",
          "wasm");
  private static final Set<String> SETTING_FIELDS =
      Set.of("name", "type", "description", "default", "least", "most", "choices");
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ManifestReader() {}

  static PluginManifest read(byte[] json) throws PluginPackageException {
    if (json.length > MOST_BYTES) {
      throw malformed("`plugin.json` is larger than 64 KiB");
    }
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (IOException e) {
      throw new PluginPackageException(
          Reason.MALFORMED, "`plugin.json` is not strict JSON, each field once", e);
    }
    requireFields(tree, FIELDS, "plugin.json");
    return new PluginManifest(
        text(tree, "id", NAME),
        text(tree, "version", SEMANTIC),
        text(tree, "spi", Versions.SPI.pattern()),
        text(tree, "capability", NAME),
        text(tree, "title", LINE),
        permissions(tree.path("permissions")),
        settings(tree.path("settings")),
        text(tree, "licence", "[A-Za-z0-9.+() -]{1,100}"),
        text(tree, "publisher", TrustedPublishers.NAME),
        text(tree, "wasm", "[A-Za-z0-9][A-Za-z0-9._-]{0,58}\\.wasm"));
  }

  private static Set<Permission> permissions(JsonNode list) throws PluginPackageException {
    EnumSet<Permission> permissions = EnumSet.of(Permission.SIMILARITIES);
    if (list.isMissingNode()) {
      return permissions;
    }
    for (JsonNode entry : array(list, "permissions")) {
      permissions.add(constant(Permission.class, entry, "permissions"));
    }
    return permissions;
  }

  private static List<Setting> settings(JsonNode list) throws PluginPackageException {
    List<Setting> settings = new ArrayList<>();
    Set<String> names = new HashSet<>();
    if (list.isMissingNode()) {
      return settings;
    }
    for (JsonNode entry : array(list, "settings")) {
      Setting setting = setting(entry);
      if (!names.add(setting.name())) {
        throw malformed("`settings` has `" + setting.name() + "` twice");
      }
      settings.add(setting);
    }
    if (settings.size() > MOST_SETTINGS) {
      throw malformed("`settings` has more than " + MOST_SETTINGS);
    }
    return settings;
  }

  private static Setting setting(JsonNode entry) throws PluginPackageException {
    requireFields(entry, SETTING_FIELDS, "settings");
    List<String> choices = new ArrayList<>();
    if (entry.has("choices")) {
      for (JsonNode choice : array(entry.path("choices"), "settings.choices")) {
        choices.add(textual(choice, "settings.choices", LINE));
      }
    }
    Setting setting =
        new Setting(
            text(entry, "name", NAME),
            constant(Setting.Type.class, entry.path("type"), "settings.type"),
            text(entry, "description", LINE),
            entry.has("default")
                ? textual(entry.path("default"), "default", "(?s).{0,1000}")
                : null,
            number(entry, "least"),
            number(entry, "most"),
            choices);
    if (setting.fallback() != null && setting.fault(setting.fallback()).isPresent()) {
      throw malformed("`default` of setting `" + setting.name() + "` is not a value it may have");
    }
    return setting;
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word, String field)
      throws PluginPackageException {
    Set<String> words = new TreeSet<>();
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word.textValue())) {
        return constant;
      }
      words.add(constant.name().toLowerCase(Locale.ROOT));
    }
    throw malformed("`" + field + "` is none of " + String.join(", ", words));
  }

  private static void requireFields(JsonNode object, Set<String> known, String where)
      throws PluginPackageException {
    if (!object.isObject()) {
      throw malformed("`" + where + "` is not an object");
    }
    for (String name : new TreeSet<>(iterable(object))) {
      if (!known.contains(name)) {
        throw malformed(
            "`"
                + where
                + "` has an unknown field: `"
                + name.replaceAll("[^A-Za-z0-9_-]", "?")
                + "`");
      }
    }
  }

  private static List<String> iterable(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode array(JsonNode node, String field) throws PluginPackageException {
    if (!node.isArray()) {
      throw malformed("`" + field + "` is not a list");
    }
    return node;
  }

  private static Double number(JsonNode object, String field) throws PluginPackageException {
    JsonNode node = object.path(field);
    if (node.isMissingNode()) {
      return null;
    }
    if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw malformed("`" + field + "` is not a number");
    }
    return node.doubleValue();
  }

  private static String text(JsonNode object, String field, String form)
      throws PluginPackageException {
    return textual(object.path(field), field, form);
  }

  private static String textual(JsonNode node, String field, String form)
      throws PluginPackageException {
    if (!node.isTextual() || !node.textValue().matches(form)) {
      throw malformed("`" + field + "` is missing or does not have its form");
    }
    return node.textValue();
  }

  private static PluginPackageException malformed(String message) {
    return new PluginPackageException(Reason.MALFORMED, message);
  }
}
