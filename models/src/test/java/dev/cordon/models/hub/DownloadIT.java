package dev.cordon.models.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cordon.models.digest.Sha256;
import dev.cordon.models.hub.Download.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on loopback that does what real ones do on bad days. */
@Tag("R47")
class DownloadIT {
  private static final byte[] CONTENT = content();
  private static final Pinned PINNED = new Pinned(Sha256.of(CONTENT), CONTENT.length);
  private static final Patience PATIENCE =
      new Patience(Duration.ofMillis(400), 4, Duration.ofMillis(1));

  private final Download download = new Download(PATIENCE);
  private final List<Long> progress = new ArrayList<>();
  @TempDir Path folder;
  private HubServer server;
  private Path target;

  @BeforeEach
  void start() throws IOException {
    server = new HubServer(CONTENT);
    target = folder.resolve("model.onnx");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchesAndSaysHowFarItIs() throws IOException {
    fetch("/good");

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(CONTENT.length, progress.getLast());
    assertFalse(Files.exists(part()));
  }

  @Test
  void whatIsThereAlreadyIsNotFetched() throws IOException {
    Files.write(target, CONTENT);

    fetch("/good");

    assertEquals(List.of(), server.requests());
  }

  @Test
  void continuesAPartThatIsThere() throws IOException {
    Files.write(part(), Arrays.copyOf(CONTENT, 1000));

    fetch("/good");

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of("/good bytes=1000-"), server.requests());
  }

  @Test
  void continuesAfterTheConnectionIsCut() throws IOException {
    fetch("/cut");

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertTrue(server.requests().size() > 1, () -> server.requests().toString());
    assertTrue(server.requests().getLast().contains("bytes="));
  }

  @Test
  void beginsAgainWhereTheServerKnowsNoRanges() throws IOException {
    Files.write(part(), new byte[1000]);

    fetch("/without-ranges");

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
  }

  @Test
  void anOldPartOfAnotherFileDoesNotSpoilTheNextTry() throws IOException {
    Files.write(part(), new byte[1000]);

    fetch("/good");

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of("/good bytes=1000-", "/good"), server.requests());
  }

  @Test
  void anOverlongPartIsThrownAway() throws IOException {
    Files.write(part(), new byte[CONTENT.length + 1]);

    fetch("/good");

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
  }

  @Test
  void refusesAnotherContentAndKeepsNothingOfIt() {
    Pinned other = new Pinned("0".repeat(64), CONTENT.length);

    DownloadException refusal = assertThrows(DownloadException.class, () -> fetch("/good", other));

    assertTrue(refusal.getMessage().contains("pinned SHA-256"), refusal.getMessage());
    assertFalse(Files.exists(target));
    assertFalse(Files.exists(part()));
  }

  @Test
  void refusesMoreThanThePinnedSize() {
    Pinned small = new Pinned(PINNED.sha256(), 10);

    assertThrows(DownloadException.class, () -> fetch("/good", small));
    assertFalse(Files.exists(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/absent", "/forbidden"})
  void givesUpAtOnceOnWhatWillNotChange(String path) {
    DownloadException refusal = assertThrows(DownloadException.class, () -> fetch(path));

    assertTrue(refusal.getMessage().matches(".*answered (404|403)"), refusal.getMessage());
    assertEquals(1, server.requests().size());
  }

  @Test
  void triesAgainWhileTheServerIsBusy() throws IOException {
    fetch("/busy-twice");

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(3, server.requests().size());
  }

  @Test
  void givesUpAfterSoManyTries() {
    IOException failure = assertThrows(IOException.class, () -> fetch("/busy"));

    assertTrue(failure.getMessage().contains("4 tries"), failure.getMessage());
    assertTrue(failure.getMessage().contains("503"), failure.getMessage());
    assertEquals(4, server.requests().size());
  }

  @Test
  void givesUpOnASilentServerAndKeepsThePart() throws IOException {
    IOException failure = assertThrows(IOException.class, () -> fetch("/silent"));

    assertTrue(failure.getMessage().contains("could not be fetched"), failure.getMessage());
    assertEquals(HubServer.SILENT_AFTER, Files.size(part()));
  }

  @Test
  void followsARedirect() throws IOException {
    fetch("/moved");

    assertArrayEquals(CONTENT, Files.readAllBytes(target));
    assertEquals(List.of("/moved", "/good"), server.requests());
  }

  @Test
  void followsNoLoop() {
    DownloadException refusal = assertThrows(DownloadException.class, () -> fetch("/loop"));

    assertTrue(refusal.getMessage().contains("more than 5 times"), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/to-file", "/to-nowhere", "/to-ftp"})
  void followsNothingButHttp(String path) {
    assertThrows(DownloadException.class, () -> fetch(path));
    assertFalse(Files.exists(target));
  }

  private Path part() {
    return folder.resolve("model.onnx.part");
  }

  private void fetch(String path) throws IOException {
    fetch(path, PINNED);
  }

  private void fetch(String path, Pinned pinned) throws IOException {
    download.fetch(server.at(path), target, pinned, (done, total) -> progress.add(done));
  }

  private static byte[] content() {
    byte[] content = new byte[300_000];
    RandomGenerator.of("L64X128MixRandom").nextBytes(content);
    return content;
  }
}
