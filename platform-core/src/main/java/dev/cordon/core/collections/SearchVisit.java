package dev.cordon.core.collections;

import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.audit.consent.ConsentQuery;
import dev.cordon.core.command.Trail;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.core.routing.Embedding;
import dev.cordon.core.routing.Route;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.Item;
import dev.cordon.gallery.index.Hit;
import dev.cordon.gallery.index.VectorIndex;
import dev.cordon.spi.Finding;
import dev.cordon.spi.Finding.Match;
import dev.cordon.spi.Gallery;
import dev.cordon.spi.PluginException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Searches a collection, and answers with what is still there when the answer is put on record. */
record SearchVisit(
    CollectionStore store,
    Shelf shelf,
    ConsentLedger consents,
    Clock clock,
    Trail trail,
    boolean restsOnConsent,
    ImageCollection collection)
    implements Visit {
  @Override
  public List<Finding> findings(Route route, Asking plugin) throws PluginException {
    Embedding embedding = route.embedding();
    Optional<Generation> active =
        collection.active().filter(had -> store.count(collection.id(), had.number()) > 0);
    if (active.isPresent() && !active.get().space().equals(embedding.space())) {
      throw Problem.at(
          "id",
          Code.COLLECTION_STALE,
          "another model answers now; send the items again, then reindex");
    }
    VectorIndex index =
        active
            .map(generation -> shelf.open(collection.id(), generation))
            .orElseGet(() -> new VectorIndex(embedding.space()));
    return plugin.ask(Optional.of(new IndexGallery(index, embedding)));
  }

  /**
   * Drops what a deletion, or the end of a consent that the purpose rests on, has taken away since;
   * an answer about a generation that no longer answers is refused, an empty one too. Locks are
   * taken in the order of the house: consents, collection, log.
   */
  @Override
  public List<Finding> settle(List<Finding> findings) {
    List<Match> matches =
        findings.stream().filter(Match.class::isInstance).map(Match.class::cast).toList();
    List<String> names = matches.stream().map(Match::item).toList();
    Optional<Integer> generation = collection.active().map(Generation::number);
    Set<String> consenting =
        generation
            .map(number -> consenting(store.items(collection.id(), number, names)))
            .orElse(Set.of());
    // INVARIANT: no deletion can commit between this lock and the commit of the answer's leaf.
    Shelf.requireThere(store.lockShared(collection.id()));
    if (generation.isEmpty()) {
      // There was nothing to find when the call came in.
      return List.of();
    }
    requireActive(generation.get());
    Map<String, Item> there = store.items(collection.id(), generation.get(), names);
    return matches.stream()
        .filter(match -> there.containsKey(match.item()))
        .filter(
            match -> !restsOnConsent || consenting.containsAll(there.get(match.item()).subjects()))
        .<Finding>map(match -> match)
        .toList();
  }

  private void requireActive(int generation) {
    boolean isActive =
        store
            .find(collection.tenant(), collection.name())
            .flatMap(ImageCollection::active)
            .filter(active -> active.number() == generation)
            .isPresent();
    if (!isActive) {
      throw Shelf.reindexed();
    }
  }

  private Set<String> consenting(Map<String, Item> items) {
    List<String> subjects =
        items.values().stream().flatMap(item -> item.subjects().stream()).distinct().toList();
    if (subjects.isEmpty() || !restsOnConsent) {
      return Set.of();
    }
    Set<String> consenting = new HashSet<>(subjects);
    ConsentQuery query =
        new ConsentQuery(
            collection.tenant(),
            subjects,
            collection.purpose(),
            trail.request().capability(),
            trail.request().area(),
            clock.instant());
    consents.check(query).missing().forEach(consenting::remove);
    return consenting;
  }

  /** The collection as a plugin sees it. */
  private record IndexGallery(VectorIndex index, Embedding embedding) implements Gallery {
    @Override
    public List<Neighbour> nearest(String text, int k) throws PluginException {
      return index.nearest(embedding.text(text), k, item -> true).stream()
          .map(hit -> neighbour(hit, embedding.probability(hit.cosine())))
          .toList();
    }

    @Override
    public List<Neighbour> nearest(int k) throws PluginException {
      return index.nearest(embedding.image(), k, item -> true).stream()
          .map(hit -> neighbour(hit, Math.max(0, hit.cosine())))
          .toList();
    }

    private static Neighbour neighbour(Hit hit, float probability) {
      return new Neighbour(hit.item(), hit.cosine(), probability);
    }
  }
}
