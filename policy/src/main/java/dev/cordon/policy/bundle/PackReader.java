package dev.cordon.policy.bundle;

import dev.cordon.policy.language.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads packs one after the other and remembers names, rules and tenants, so that no pack can
 * define anew what another one has.
 */
final class PackReader {
  private static final Set<String> KEYS =
      Set.of("pack", "version", "kind", "serves", "tenants", "rules");

  /** Whether the file ships with the product. */
  enum Origin {
    SHIPPED,
    DIRECTORY
  }

  private final Map<String, YamlElement> packs = new HashMap<>();
  private final Map<String, YamlElement> rules = new HashMap<>();
  private final Map<String, YamlElement> tenants = new HashMap<>();
  private final List<YamlElement> served = new ArrayList<>();

  Pack read(String file, byte[] bytes, Origin origin) throws PolicyLoadException {
    var fields = YamlElement.read(file, bytes).fields(KEYS);
    var name = fields.required("pack");
    define("pack", Words.id(name), name, packs);
    var kind = kind(fields.required("kind"), origin);
    var declared = tenants(fields.optional("tenants"));
    if (kind == Pack.Kind.FLOOR && !(declared.isEmpty() && fields.optional("serves").isEmpty())) {
      throw fields.owner().error("a floor neither declares nor serves tenants");
    }
    var serves = serves(fields.optional("serves"), declared.keySet());
    var read = rules(fields.optional("rules"), kind, declared.keySet().containsAll(serves));
    if (kind == Pack.Kind.PACK && !read.isEmpty() && serves.isEmpty()) {
      throw fields.required("rules").error("these rules serve no tenant");
    }
    return new Pack(name.text(), fields.required("version").text(), kind, serves, read, declared);
  }

  /** Checks what can only be known when all packs are read. */
  void finish() throws PolicyLoadException {
    for (var tenant : served) {
      if (!tenants.containsKey(tenant.text())) {
        throw tenant.error("unknown tenant `" + tenant.text() + "`");
      }
    }
  }

  private static void define(
      String what, String id, YamlElement element, Map<String, YamlElement> seen)
      throws PolicyLoadException {
    var first = seen.putIfAbsent(id, element);
    if (first != null) {
      throw element.error(what + " `" + id + "` is already defined in " + first.file());
    }
  }

  private static Pack.Kind kind(YamlElement element, Origin origin) throws PolicyLoadException {
    return switch (element.text()) {
      case "pack" -> Pack.Kind.PACK;
      case "floor" -> {
        // INVARIANT: the floor is the product's own; a directory can only add to it.
        if (origin == Origin.DIRECTORY) {
          throw element.error("only the shipped floor may be `kind: floor`");
        }
        yield Pack.Kind.FLOOR;
      }
      case String other -> throw element.error("unknown kind `" + other + "` (floor or pack)");
    };
  }

  private Set<String> serves(Optional<YamlElement> list, Set<String> declared)
      throws PolicyLoadException {
    if (list.isEmpty()) {
      return declared;
    }
    var serves = new LinkedHashSet<String>();
    for (var item : list.get().items()) {
      serves.add(Words.id(item));
      served.add(item);
    }
    return serves;
  }

  private List<Rule> rules(Optional<YamlElement> list, Pack.Kind kind, boolean mayPermit)
      throws PolicyLoadException {
    var read = new ArrayList<Rule>();
    if (list.isPresent()) {
      for (var item : list.get().items()) {
        var rule = RuleReader.read(item, kind);
        var id = item.entries().get("id");
        define("rule", rule.id(), id, rules);
        // INVARIANT: who declares a tenant grants; other packs can only take away from it.
        if (rule.effect() == Effect.PERMIT && !mayPermit) {
          throw id.error("a permit is only allowed for tenants that this file declares");
        }
        read.add(rule);
      }
    }
    return read;
  }

  private Map<String, Tenant> tenants(Optional<YamlElement> mapping) throws PolicyLoadException {
    var declared = new LinkedHashMap<String, Tenant>();
    if (mapping.isPresent()) {
      for (var entry : mapping.get().entries().entrySet()) {
        var element = entry.getValue();
        var id = checkedId(entry.getKey(), element);
        define("tenant", id, element, tenants);
        var fields = element.fields(Set.of("jurisdictions", "purposes", "licences"));
        declared.put(
            id,
            new Tenant(
                id,
                Words.jurisdictions(fields.optional("jurisdictions")),
                purposes(fields.required("purposes")),
                Words.licences(fields.optional("licences"))));
      }
    }
    return declared;
  }

  private static Map<String, Purpose> purposes(YamlElement mapping) throws PolicyLoadException {
    var purposes = new LinkedHashMap<String, Purpose>();
    for (var entry : mapping.entries().entrySet()) {
      var id = checkedId(entry.getKey(), entry.getValue());
      var fields = entry.getValue().fields(Set.of("areas", "capabilities", "legal_basis"));
      purposes.put(
          id,
          new Purpose(
              id,
              Words.areas(fields.optional("areas")),
              Words.ids(fields.optional("capabilities")),
              legalBasis(fields.required("legal_basis"))));
    }
    return purposes;
  }

  private static String checkedId(String id, YamlElement element) throws PolicyLoadException {
    if (!Words.ID.matcher(id).matches()) {
      throw element.error("`" + id + "` is not an id (" + Words.ID.pattern() + ")");
    }
    return id;
  }

  private static LegalBasis legalBasis(YamlElement element) throws PolicyLoadException {
    var word = element.text();
    for (var basis : LegalBasis.values()) {
      if (basis.word().equals(word.toLowerCase(Locale.ROOT))) {
        return basis;
      }
    }
    throw element.error("unknown legal basis `" + word + "`");
  }
}
