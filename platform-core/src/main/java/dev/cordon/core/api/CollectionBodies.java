package dev.cordon.core.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.cordon.audit.leaf.Receipt;
import dev.cordon.core.collections.CollectionDesk.Recorded;
import dev.cordon.core.collections.CollectionDesk.Status;
import dev.cordon.core.collections.Reindexing.Verified;
import dev.cordon.gallery.collection.ImageCollection.Generation;
import dev.cordon.gallery.collection.VectorSpace;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The bodies of answers about collections, as the API contract names them. */
final class CollectionBodies {
  private CollectionBodies() {}

  record CollectionsAnswer(List<CollectionBody> collections) {
    static CollectionsAnswer of(List<Status> all) {
      return new CollectionsAnswer(all.stream().map(CollectionBody::of).toList());
    }
  }

  record CollectionAnswer(CollectionBody collection, Receipt receipt) {
    static CollectionAnswer of(Recorded recorded) {
      return new CollectionAnswer(CollectionBody.of(recorded.status()), recorded.receipt());
    }
  }

  record ReindexAnswer(CollectionBody collection, int verified, Receipt receipt) {
    static ReindexAnswer of(Verified verified) {
      return new ReindexAnswer(
          CollectionBody.of(verified.status()), verified.vectors(), verified.receipt());
    }
  }

  record ErasureAnswer(Receipt receipt) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record CollectionBody(
      String id,
      String purpose,
      String area,
      String createdAt,
      String state,
      long items,
      long waiting,
      Optional<String> model,
      Optional<String> preprocessing) {
    static CollectionBody of(Status status) {
      var collection = status.collection();
      var space = collection.active().filter(_ -> status.items() > 0).map(Generation::space);
      return new CollectionBody(
          collection.name(),
          collection.purpose(),
          collection.area(),
          collection.createdAt().toString(),
          status.state().name().toLowerCase(Locale.ROOT),
          status.items(),
          status.waiting(),
          space.map(VectorSpace::model),
          space.map(VectorSpace::preprocessing));
    }
  }
}
