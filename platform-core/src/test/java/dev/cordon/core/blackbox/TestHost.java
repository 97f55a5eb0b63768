package dev.cordon.core.blackbox;

import static io.restassured.RestAssured.given;

import dev.cordon.core.identity.DemoIdentity;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The one host that the tests of a run share, started at first use, or the one that {@code
 * -Dtest.url} names.
 */
final class TestHost {
  static final Path SAMPLES = HostProcess.ROOT.resolve("samples");
  private static TestHost shared;

  private final String url;
  private final Path data;

  private TestHost(String url, Path data) {
    this.url = url;
    this.data = data;
  }

  static synchronized TestHost get() {
    if (shared == null) {
      shared = open();
    }
    return shared;
  }

  String url() {
    return url;
  }

  Path data() {
    return data;
  }

  /** A request with a token of the demo tenant. */
  RequestSpecification as(String... roles) {
    return as("demo", roles);
  }

  RequestSpecification as(String tenant, Set<String> roles) {
    return anonymous().auth().oauth2(token(tenant, roles));
  }

  private RequestSpecification as(String tenant, String[] roles) {
    return as(tenant, Set.of(roles));
  }

  RequestSpecification anonymous() {
    return given().spec(new RequestSpecBuilder().setBaseUri(url).build());
  }

  String token(String tenant, Set<String> roles) {
    try {
      return DemoIdentity.open(data).token(tenant, roles, "cordon");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks about one image. */
  RequestSpecification analysis(byte[] image, String request) {
    return as("caller")
        .multiPart("image", "image", image)
        .multiPart("request", request, "application/json");
  }

  static byte[] sample(String name) {
    try {
      return Files.readAllBytes(SAMPLES.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A tagging question of the demo tenant with these labels, each in double quotes and separated by
   * commas.
   */
  static String tagging(String purpose, String area, String labels) {
    return """
        {"capability":"image-tagging","purpose":"%s","area":"%s","labels":[%s]}"""
        .formatted(purpose, area, labels);
  }

  private static TestHost open() {
    String url = System.getProperty("test.url");
    if (url != null) {
      return new TestHost(url, Path.of(System.getProperty("test.data", "../data")));
    }
    try {
      HostProcess host = HostProcess.start(Files.createTempDirectory("cordon-it"));
      Runtime.getRuntime().addShutdownHook(new Thread(host::close));
      return new TestHost(host.url(), host.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
