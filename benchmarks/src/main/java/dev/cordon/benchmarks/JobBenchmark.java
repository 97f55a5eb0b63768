package dev.cordon.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.models.registry.ModelPackage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Many images through one job of the packaged host, and through the raw path in the same run, over
 * a graph in miniature: what is measured is all but the model. Memory of the host on the way.
 */
final class JobBenchmark {
  private static final int SENDERS = 4;
  private static final int IMAGES = 100;
  private static final int SIDE = 224;
  private static final int READINGS = 10;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final GovernedHost host;
  private final int count;
  private final List<byte[]> images;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private String job;

  private JobBenchmark(GovernedHost host, int count, List<byte[]> images) {
    this.host = host;
    this.count = count;
    this.images = images;
  }

  static void run(Path home, int count, int threads) throws Exception {
    Path folder = Files.createTempDirectory("cordon-bench-pack");
    try (Stream<Path> files = Files.list(home.resolve("models/testdata/families/clip-vit-b32"))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    List<byte[]> images = IntStream.range(0, IMAGES).mapToObj(JobBenchmark::image).toList();
    ModelPackage pack = ModelPackage.open(folder);
    double raw;
    try (RawAnalysis peer = RawAnalysis.open(pack, threads)) {
      raw(peer, images, Math.min(count, 1_000), threads);
      raw = raw(peer, images, count, threads);
    }
    try (GovernedHost host = GovernedHost.startWith(home, folder, pack.digest(), threads)) {
      JobBenchmark warm = new JobBenchmark(host, Math.min(count, 500), images);
      warm.run();
      JobBenchmark measured = new JobBenchmark(host, count, images);
      double governed = measured.run();
      System.out.println("\n| path | images/s |");
      System.out.println("|---|---|");
      System.out.printf("| raw, %d at a time | %.0f |%n", threads, raw);
      System.out.printf("| job, sent and run | %.0f |%n", governed);
      System.out.printf("%nrefused for want of room and sent again: %d%n", measured.refused.get());
    }
  }

  /** Images a second, as many at a time as the host has workers. */
  private static double raw(RawAnalysis peer, List<byte[]> images, int count, int threads)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    long begun = System.nanoTime();
    inParallel(
        threads,
        () -> {
          for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
            peer.analyse(images.get(i % IMAGES));
          }
          return null;
        });
    return count / seconds(begun);
  }

  private double run() throws Exception {
    System.out.printf("%n| of %d images of %d x %d | live heap | resident |%n", count, SIDE, SIDE);
    System.out.println("|---|---|---|");
    job =
        JSON.readTree(
                call(
                        "POST",
                        "",
                        "application/json",
                        Question.json().getBytes(StandardCharsets.UTF_8))
                    .body())
            .get("job")
            .get("id")
            .asText();
    long begun = System.nanoTime();
    try (ExecutorService watch = Executors.newSingleThreadExecutor()) {
      Future<Double> ended = watch.submit(() -> follow(begun));
      inParallel(SENDERS, this::send);
      call("POST", "/" + job + "/close", "", new byte[0]);
      return ended.get();
    }
  }

  private Void send() throws IOException, InterruptedException {
    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
      String path = "/" + job + "/items/i" + i;
      byte[] image = images.get(i % IMAGES);
      while (call("PUT", path, "image/jpeg", image).statusCode() == 503) {
        refused.incrementAndGet();
        Thread.sleep(50);
      }
    }
    return null;
  }

  /** Reads memory each time that a tenth is done; its own pauses count too. */
  private double follow(long begun) throws IOException, InterruptedException {
    int reading = 1;
    while (true) {
      JsonNode status = JSON.readTree(call("GET", "/" + job, "", new byte[0]).body());
      int done = status.get("counts").get("done").asInt();
      boolean ended = status.get("state").asText().equals("done");
      double rate = count / seconds(begun);
      if (done >= (long) reading * count / READINGS) {
        System.out.printf("| %d | %s | %s |%n", done, liveHeap(), resident());
        reading = done * READINGS / count + 1;
      }
      if (ended) {
        if (done != count) {
          throw new IllegalStateException("not every image was answered: " + status);
        }
        return rate;
      }
      Thread.sleep(50);
    }
  }

  private String liveHeap() throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(host.pid()),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    return Long.parseLong(lines.getLast().strip().split("\\s+")[2]) / 1_000_000 + " MB";
  }

  private String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + host.pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
        .findFirst()
        .orElse("unknown");
  }

  private HttpResponse<String> call(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(host.url() + "/v1/jobs" + path))
            .header("Authorization", "Bearer " + host.token())
            .method(method, BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() > 299 && answer.statusCode() != 503) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return answer;
  }

  private static void inParallel(int threads, Callable<?> task) throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<Object>> tasks =
          IntStream.range(0, threads).<Callable<Object>>mapToObj(i -> task::call).toList();
      for (Future<Object> ended : pool.invokeAll(tasks)) {
        ended.get();
      }
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  private static byte[] image(int seed) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(seed);
    for (int i = 0; i < SIDE * SIDE; i++) {
      image.setRGB(i % SIDE, i / SIDE, random.nextInt(0x1000000));
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", jpeg);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return jpeg.toByteArray();
  }
}
