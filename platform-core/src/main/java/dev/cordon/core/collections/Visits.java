package dev.cordon.core.collections;

import dev.cordon.audit.consent.ConsentLedger;
import dev.cordon.core.admission.PolicyEnforcementPoint;
import dev.cordon.core.command.AnalysisRequest;
import dev.cordon.core.command.AnalysisRequest.Place;
import dev.cordon.core.command.Trail;
import dev.cordon.core.problem.Code;
import dev.cordon.core.problem.Problem;
import dev.cordon.gallery.collection.CollectionStore;
import dev.cordon.gallery.collection.CollectionsUnavailableException;
import dev.cordon.gallery.collection.ImageCollection;
import dev.cordon.spi.Permission;
import dev.cordon.spi.PluginDescriptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Lets a call in to the collection it names, if it comes for the collection's purpose. */
@ApplicationScoped
public class Visits {
  private final CollectionStore store;
  private final Shelf shelf;
  private final ConsentLedger consents;
  private final PolicyEnforcementPoint policy;
  private final Clock clock;

  public Visits(
      CollectionStore store,
      Shelf shelf,
      ConsentLedger consents,
      PolicyEnforcementPoint policy,
      Clock clock) {
    this.store = store;
    this.shelf = shelf;
    this.consents = consents;
    this.policy = policy;
    this.clock = clock;
  }

  /** What the call will do; a problem when there is no such collection or not for its purpose. */
  public Visit enter(Trail trail, PluginDescriptor plugin) {
    AnalysisRequest request = trail.request();
    boolean searches = plugin.permissions().contains(Permission.GALLERY);
    if (request.place().isEmpty()) {
      if (searches) {
        throw Problem.at(
            "request.capability",
            Code.QUESTION_UNANSWERABLE,
            "this capability searches a collection: ask at `/v1/collections/{id}/search`");
      }
      return Visit.NONE;
    }
    if (!searches) {
      throw Problem.of(Code.INTERNAL, "the plugin may not search collections");
    }
    Place place = request.place().get();
    ImageCollection collection = find(trail.caller().tenant(), place.collection());
    if (!collection.purpose().equals(request.purpose())) {
      throw Problem.at(
          "request.purpose",
          Code.PURPOSE_MISMATCH,
          "what was collected for one purpose is not used for another");
    }
    Optional<String> item = place.item();
    return item.isPresent()
        ? new KeepVisit(store, shelf, trail, collection, item.get())
        : new SearchVisit(
            store, shelf, consents, clock, trail, policy.restsOnConsent(trail), collection);
  }

  private ImageCollection find(String tenant, String name) {
    try {
      return store.find(tenant, name).orElseThrow(Shelf::gone);
    } catch (CollectionsUnavailableException e) {
      throw Problem.of(Code.COLLECTION_UNAVAILABLE, "the collections cannot be read", e);
    }
  }
}
