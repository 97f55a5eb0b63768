package dev.cordon.core.wiring;

import dev.cordon.core.config.CordonConfig;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the database is, who owns the schemas and who serves. */
public record Database(String url, Login owner, Login runtime) {
  private static final Pattern LOGIN = Pattern.compile("[?&](user|password)=|//[^/]*@");

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
        .map(
            url ->
                new Database(
                    refuseLogin(url), login("owner", db.owner()), login("runtime", db.runtime())));
  }

  /** The driver would prefer a user of the URL to the configured roles. */
  private static String refuseLogin(String url) {
    if (LOGIN.matcher(url).find()) {
      throw new IllegalArgumentException(
          "`cordon.db.url` names a user or password; set `cordon.db.owner` and `cordon.db.runtime`");
    }
    return url;
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
