package dev.cordon.policy.bundle;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A piece of a YAML file that knows where it stands. No Java object is ever constructed from YAML,
 * and aliases, tags and duplicate or unknown keys are errors.
 */
public record YamlElement(String file, Node node) {
  private static final int MAX_CHARACTERS = 1 << 20;
  private static final int MAX_DEPTH = 12;

  public static YamlElement read(String file, byte[] bytes) throws PolicyLoadException {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_CHARACTERS);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      refuseAliasesAndDepth(file, text, options);
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root == null) {
        throw new PolicyLoadException(file + ":1:1: file is empty");
      }
      return new YamlElement(file, root);
    } catch (CharacterCodingException e) {
      throw new PolicyLoadException(file + ":1:1: file is not UTF-8", e);
    } catch (MarkedYAMLException e) {
      throw new PolicyLoadException(
          place(file, e.getProblemMark()) + ": not YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new PolicyLoadException(file + ":1:1: not YAML: " + e.getMessage(), e);
    }
  }

  /** Runs over the events before a tree is built: they are read one by one, so this is cheap. */
  private static void refuseAliasesAndDepth(String file, String text, LoaderOptions options)
      throws PolicyLoadException {
    int depth = 0;
    for (Event event : new Yaml(options).parse(new StringReader(text))) {
      if (event.is(Event.ID.Alias)) {
        throw new PolicyLoadException(
            place(file, event.getStartMark()) + ": aliases are not allowed");
      }
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        throw new PolicyLoadException(place(file, event.getStartMark()) + ": nested too deep");
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private static String place(String file, org.yaml.snakeyaml.error.Mark mark) {
    return "%s:%d:%d".formatted(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** An error that names this place. */
  public PolicyLoadException error(String message) {
    return error(message, null);
  }

  public PolicyLoadException error(String message, Throwable cause) {
    return new PolicyLoadException(place(file, node.getStartMark()) + ": " + message, cause);
  }

  /** The fields of a mapping, in order. */
  public Map<String, YamlElement> entries() throws PolicyLoadException {
    if (!(node instanceof MappingNode mapping)) {
      throw error("expected a mapping");
    }
    var entries = new LinkedHashMap<String, YamlElement>();
    for (var tuple : mapping.getValue()) {
      var key = new YamlElement(file, tuple.getKeyNode());
      var name = key.text();
      if (entries.put(name, new YamlElement(file, tuple.getValueNode())) != null) {
        throw key.error("key `" + name + "` appears twice");
      }
    }
    return entries;
  }

  /** The fields of a mapping that knows these keys only. */
  public Fields fields(Set<String> known) throws PolicyLoadException {
    var entries = entries();
    for (var tuple : ((MappingNode) node).getValue()) {
      var key = new YamlElement(file, tuple.getKeyNode());
      if (!known.contains(key.text())) {
        throw key.error("unknown key `" + key.text() + "`");
      }
    }
    return new Fields(this, entries);
  }

  public List<YamlElement> items() throws PolicyLoadException {
    if (!(node instanceof SequenceNode sequence)) {
      throw error("expected a list");
    }
    var items = new ArrayList<YamlElement>();
    for (Node item : sequence.getValue()) {
      items.add(new YamlElement(file, item));
    }
    return items;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  public String text() throws PolicyLoadException {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw error("expected a text");
    }
    if (!node.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
      throw error("tags are not allowed");
    }
    return scalar.getValue().strip();
  }

  /** A mapping with its known keys checked. */
  public record Fields(YamlElement owner, Map<String, YamlElement> values) {
    public YamlElement required(String key) throws PolicyLoadException {
      var value = values.get(key);
      if (value == null) {
        throw owner.error("key `" + key + "` is missing");
      }
      return value;
    }

    public Optional<YamlElement> optional(String key) {
      return Optional.ofNullable(values.get(key));
    }
  }
}
