package dev.cordon.core.wiring;

import dev.cordon.core.config.CordonConfig;
import java.util.Optional;

/** Where the database is, who owns the schemas and who serves. */
public record Database(String url, Login owner, Login runtime) {
  /** Name and password of a role. */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user;
    }
  }

  /** The external database of the configuration, when one is given. */
  public static Optional<Database> configured(CordonConfig.Db db) {
    return db.url()
        .map(url -> new Database(url, login("owner", db.owner()), login("runtime", db.runtime())));
  }

  private static Login login(String name, CordonConfig.Role role) {
    return new Login(
        role.user()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "`cordon.db.url` is set, so `cordon.db." + name + ".user` is needed")),
        role.password().orElse(""));
  }
}
