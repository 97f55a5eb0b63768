package dev.cordon.core.command;

import dev.cordon.audit.leaf.Commitment;
import dev.cordon.audit.leaf.Leaf;
import dev.cordon.audit.leaf.LeafKind;
import dev.cordon.core.costs.Bill;
import dev.cordon.core.identity.Caller;
import dev.cordon.policy.evaluation.Decision;
import dev.cordon.policy.evaluation.Obligation;
import dev.cordon.policy.evaluation.RuleHit;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one call so far, so that a failure at any hop can be put on record. Belongs to
 * one call; not thread-safe.
 */
public final class Trail {
  private final UUID id;
  private final Instant time;
  private final LeafKind kind;
  private final Caller caller;
  private final AnalysisRequest request;
  private final byte[] image;
  private final Bill bill = new Bill();
  private List<String> subjects = List.of();
  private List<String> consents = List.of();
  private Optional<Decision> decision = Optional.empty();
  private String plugin = "";
  private String model = "";
  private String route = "";
  private Optional<UUID> batch = Optional.empty();
  private Set<Obligation> heeded = Set.of();
  private boolean left;
  private final List<String> companions = new ArrayList<>();

  public Trail(
      UUID id, Instant time, LeafKind kind, Caller caller, AnalysisRequest request, byte[] image) {
    this.id = id;
    this.time = time;
    this.kind = kind;
    this.caller = caller;
    this.request = request;
    this.image = image;
  }

  public UUID id() {
    return id;
  }

  public Instant time() {
    return time;
  }

  public Caller caller() {
    return caller;
  }

  public AnalysisRequest request() {
    return request;
  }

  public byte[] image() {
    return image;
  }

  /** What targets have done for this call and is not on the books yet. */
  public Bill bill() {
    return bill;
  }

  public List<String> subjects() {
    return subjects;
  }

  public Optional<Decision> decision() {
    return decision;
  }

  /** Notes the pseudonyms of the named subjects and the consent records that cover them. */
  public void consent(List<String> subjects, List<String> consents) {
    this.subjects = subjects;
    this.consents = consents;
  }

  /** Notes the newest decision; a later stage replaces an earlier one. */
  public void decided(Decision newest) {
    decision = Optional.of(newest);
  }

  /** Notes the plugin that answers, as {@code id@version}. */
  public void plugin(String idAtVersion) {
    plugin = idAtVersion;
  }

  public String plugin() {
    return plugin;
  }

  /** Notes the digest of the model package and the target it runs on. */
  public void routed(String modelDigest, String target) {
    model = modelDigest;
    route = target;
  }

  /** Notes what the policy asked for when the call's target was chosen. */
  public void heeded(Set<Obligation> obligations) {
    heeded = Set.copyOf(obligations);
  }

  /** Whether routing can still do, or has done, what the obligation asks for. */
  public boolean heeds(Obligation obligation) {
    return !left || heeded.contains(obligation);
  }

  /** Notes that tensors of this call are on record as leaving the host. */
  public void left() {
    left = true;
  }

  /** Notes the batch that this call is a part of. */
  public Trail inBatch(Optional<UUID> id) {
    batch = id;
    return this;
  }

  public Optional<UUID> batch() {
    return batch;
  }

  /** Notes the digest of a further model package that runs in this call. */
  public void alsoRan(String digest) {
    companions.add(digest);
  }

  /** The leaf of this call as it ends. */
  public Leaf leaf(String effect, String code) {
    return new Leaf(
        id,
        time,
        caller.tenant(),
        kind,
        effect,
        code,
        decision.map(d -> d.rules().stream().map(RuleHit::id).toList()).orElse(List.of()),
        decision.map(Decision::bundle).orElse(""),
        Stream.concat(Stream.of(model), companions.stream()).collect(Collectors.joining("+")),
        plugin,
        route,
        consents,
        subjects,
        Commitment.of(payload()));
  }

  /**
   * SHA-256 of the request's JSON, then SHA-256 of the image bytes (of nothing, where there is no
   * image).
   */
  private byte[] payload() {
    byte[] payload = new byte[64];
    System.arraycopy(sha256(request.json()), 0, payload, 0, 32);
    System.arraycopy(sha256(image), 0, payload, 32, 32);
    return payload;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has no SHA-256", e);
    }
  }
}
