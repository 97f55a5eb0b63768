package dev.cordon.core.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every key of the host; a key under {@code cordon.} that is not here stops the start. */
@ConfigMapping(prefix = "cordon")
public interface CordonConfig {
  /** Folder of everything the host writes. */
  @WithDefault("./data")
  Path data();

  Http http();

  Db db();

  Identity identity();

  Audit audit();

  Image image();

  Models models();

  Catalog catalog();

  Routing routing();

  Collections collections();

  Jobs jobs();

  /** Where the host listens. */
  interface Http {
    @WithDefault("127.0.0.1")
    String bind();

    /** 0 takes any free port. */
    @WithDefault("8080")
    int port();

    /** Analyses that are under way at the same time; more are refused at once. */
    @WithDefault("64")
    int mostCalls();
  }

  /** An external Postgres; without a URL the host starts its own under the data folder. */
  interface Db {
    Optional<String> url();

    Role owner();

    Role runtime();
  }

  /** A database role; the owner migrates, the runtime role serves. */
  interface Role {
    Optional<String> user();

    Optional<String> password();
  }

  /** Who issues tokens; without an issuer the loopback demo identity is used. */
  interface Identity {
    Optional<String> issuer();

    @WithDefault("cordon")
    String audience();

    @WithDefault("tenant")
    String tenantClaim();
  }

  /** Name of the log and where its keys lie. */
  interface Audit {
    @WithDefault("cordon.local/audit")
    String origin();

    /** Signing key; {@code DATA/audit/log.key} when not given. */
    Optional<Path> keyFile();

    /** Key of subject pseudonyms; {@code DATA/audit/pseudonym.key} when not given. */
    Optional<Path> pseudonymKeyFile();
  }

  /** Largest image that is decoded. */
  interface Image {
    @WithDefault("20000000")
    long maxBytes();

    @WithDefault("20000")
    int maxSide();

    @WithDefault("50000000")
    long maxPixels();
  }

  /** Collections of images. */
  interface Collections {
    /** Seals the keys of collections; {@code DATA/collections/host.key} when not given. */
    Optional<Path> keyFile();

    /** Vectors that indexes hold in memory; the collection in use stays, however large. */
    @WithDefault("400000")
    int mostVectors();
  }

  /** Analyses over many images. */
  interface Jobs {
    /** Seals the keys of jobs; {@code DATA/jobs/host.key} when not given. */
    Optional<Path> keyFile();

    /** Items that this host runs at the same time; 0 takes one a processor, four at most. */
    @WithDefault("0")
    int workers();

    /** Items of one job that may wait; more are refused until some are done. */
    @WithDefault("1000")
    int mostWaiting();

    /** Bytes of images that may wait, over all jobs. */
    @WithDefault("500000000")
    long mostWaitingBytes();

    /** How long a job is kept, from its submission on. */
    @WithDefault("P1D")
    Duration retention();
  }

  /** The model package that answers. */
  interface Models {
    @WithDefault("${CORDON_HOME:.}/models/starter")
    Path pack();

    /** Threads of one inference; 0 takes one a processor, four at most. */
    @WithDefault("0")
    int threads();

    /** How long a call may use the model, waiting included. */
    @WithDefault("PT30S")
    Duration deadline();

    /** Public keys whose signatures are believed, besides the shipped one. */
    Optional<Path> trust();

    /** Where packages are pulled from; a mirror has the paths of the hub. */
    @WithDefault("https://huggingface.co/")
    String mirror();

    /** How often the files of the served package are verified again; zero or less turns it off. */
    @WithDefault("PT1H")
    Duration recheck();

    /** Licences that packages may have, as SPDX ids; without it, permissive ones. */
    Optional<List<String>> licences();
  }

  /** The plugins that answer. */
  interface Catalog {
    /** Public keys of publishers; {@code DATA/plugins/trust} when not given. */
    Optional<Path> trust();

    /** Public keys of evaluators; {@code DATA/plugins/evaluators} when not given. */
    Optional<Path> evaluators();

    /** The trip of a package that pulls its kill switch. */
    @WithDefault("5")
    int trips();

    /** How often a host looks whether another one changed the catalogue. */
    @WithDefault("PT0.5S")
    Duration poll();
  }

  /** How calls choose among the targets of {@code DATA/routing}. */
  interface Routing {
    /** How long a caller may be kept waiting to save one unit of the currency. */
    @WithDefault("PT10S")
    Duration unitWorth();

    /** Of all prices and budgets, as ISO 4217 names it; the host converts nothing. */
    @WithDefault("EUR")
    String currency();

    /** What a call is taken to cost at the edge when it is compared with targets. */
    @WithDefault("0")
    double edgePrice();

    /** Latest calls of a target that are looked at; half of them failed opens its breaker. */
    @WithDefault("6")
    int breakerCalls();

    /** How long an open breaker keeps a target out before a probe may try it. */
    @WithDefault("PT10S")
    Duration breakerDelay();
  }
}
