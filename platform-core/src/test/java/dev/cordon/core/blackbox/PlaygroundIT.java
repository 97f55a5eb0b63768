package dev.cordon.core.blackbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.cordon.audit.verify.ProofVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page at `/` of a packaged host, in a real Chromium. */
class PlaygroundIT {
  private static final Path CAT = TestHost.SAMPLES.resolve("chelsea.jpg");
  private static final Path ASTRONAUT = TestHost.SAMPLES.resolve("astronaut.jpg");
  private static Chromium chromium;
  private final TestHost host = TestHost.get();

  @BeforeAll
  static void start() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  @Tag("R46")
  void tagsAPhotographAndVerifiesItsReceipt() throws IOException {
    try (PlaygroundPage opened = open(ColorScheme.LIGHT)) {
      opened.ask(CAT, "accessibility-captions", "cat, dog, teapot");
      Locator bars = opened.section("Tags").locator(".cordon-bar");
      assertThat(bars).hasCount(4);
      assertThat(bars.first()).containsText("cat");
      assertThat(bars.first()).containsText(java.util.regex.Pattern.compile("[0-9]+\\.[0-9] %"));
      assertThat(opened.page().locator("[role=status]").first()).containsText("4 findings");
      opened.button("Open the proof").click();
      verified(opened);
      assertThat(opened.page().locator(".cordon-step--holds")).hasCount(4);
      assertDownloadVerifies(opened);
      opened.picture("tags");
    }
  }

  @Test
  @Tag("R18")
  void aRefusalShowsRuleArticleAndItsOwnReceipt() {
    try (PlaygroundPage opened = open(ColorScheme.LIGHT)) {
      opened.ask(ASTRONAUT, "accessibility-captions", "happy woman, sad woman");
      Locator decision = opened.section("Decision");
      assertThat(decision).containsText("deny");
      assertThat(decision).containsText("Rule r03-emotion-elsewhere");
      assertThat(decision).containsText("Regulation (EU) 2024/1689 Annex III point 1(c)");
      assertThat(opened.section("Answer")).containsText("BIOMETRIC_USE");
      assertThat(opened.section("Answer")).containsText("The policy decides this");
      opened.button("Open the proof").click();
      verified(opened);
      opened.picture("refusal");
      opened.expect(403);
    }
  }

  @Test
  void theKeyboardAloneIsEnough() {
    try (PlaygroundPage opened = open(ColorScheme.LIGHT)) {
      Page page = opened.page();
      // Until somebody listens the browser opens a chooser of its own, which nobody sees.
      page.onFileChooser(chooser -> {});
      assertThat(opened.button("Ask")).isVisible();
      page.keyboard().press("Tab");
      assertThat(page.locator(":focus")).hasText("Skip to the question");
      page.keyboard().press("Enter");
      tabTo(page, "#image");
      FileChooser chooser = page.waitForFileChooser(() -> page.keyboard().press("Enter"));
      chooser.setFiles(CAT);
      tabTo(page, "#purpose");
      page.keyboard().type("acc");
      assertThat(page.locator("#purpose")).hasValue("accessibility-captions");
      tabTo(page, "#labels");
      page.keyboard().type("cat");
      page.keyboard().press("Enter");
      page.keyboard().type("wrong");
      page.keyboard().press("Enter");
      page.keyboard().press("Backspace");
      page.keyboard().type("dog");
      page.keyboard().press("Enter");
      tabTo(page, "button[type=submit]");
      page.keyboard().press("Enter");
      assertThat(opened.section("Tags").locator(".cordon-bar")).hasCount(3);
      tabTo(page, "button:has-text('Open the proof')");
      page.keyboard().press("Enter");
      verified(opened);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void hasNoSeriousBarrier(ColorScheme scheme) throws IOException {
    try (PlaygroundPage opened = open(scheme)) {
      assertThat(opened.button("Ask")).isVisible();
      opened.picture("empty-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
      assertEquals(List.of(), barriers(opened.page()));
      opened.ask(CAT, "accessibility-captions", "cat, dog, teapot");
      opened.button("Open the proof").click();
      verified(opened);
      opened.page().getByText("The leaf: all that").click();
      opened.page().getByText("The path, hash by hash").click();
      opened.page().getByText("About this host").click();
      assertThat(opened.page().getByText("Verifier key")).isVisible();
      opened.picture("answer-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
      assertEquals(List.of(), barriers(opened.page()));
      opened.page().fill("#labels", "angry man,");
      opened.button("Ask").click();
      assertThat(opened.section("Decision")).containsText("deny");
      assertEquals(List.of(), barriers(opened.page()));
      opened.expect(403);
    }
  }

  @Test
  void saysWhatIsMissingAndWhatToDoNext(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("notes.jpg"), "no picture");
    try (PlaygroundPage opened = open(ColorScheme.LIGHT)) {
      opened.button("Ask").click();
      assertThat(opened.section("Question")).containsText("Choose an image.");
      opened.choose(text);
      opened.button("Ask").click();
      assertThat(opened.section("Question")).containsText("Type at least one label.");
      opened.ask(text, "accessibility-captions", "cat");
      assertThat(opened.section("Answer")).containsText("Choose a JPEG, PNG or WebP file.");
      opened.expect(415);
    }
  }

  @Test
  void takesAnImageThatIsDropped() throws IOException {
    try (PlaygroundPage opened = open(ColorScheme.LIGHT)) {
      assertThat(opened.button("Ask")).isVisible();
      opened
          .page()
          .evaluate(
              "async (base64) => { const given = new DataTransfer();"
                  + " const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));"
                  + " given.items.add(new File([bytes], 'dropped.jpg', { type: 'image/jpeg' }));"
                  + " document.querySelector('.cordon-drop').dispatchEvent("
                  + " new DragEvent('drop', { dataTransfer: given, bubbles: true, cancelable: true })); }",
              java.util.Base64.getEncoder().encodeToString(Files.readAllBytes(CAT)));
      assertThat(opened.section("Question")).containsText("dropped.jpg");
      assertThat(opened.section("Answer").locator("img")).isVisible();
    }
  }

  @Test
  void takesATokenByHandWhereTheHostGivesNone() {
    try (PlaygroundPage opened = PlaygroundPage.blank(chromium, host.url())) {
      Page page = opened.page();
      // Without its header the request is not the page's, so that the host itself refuses it.
      page.route(
          "**/v1/page-token",
          route -> {
            Map<String, String> headers = new java.util.HashMap<>(route.request().headers());
            headers.remove("cordon-page");
            route.resume(new com.microsoft.playwright.Route.ResumeOptions().setHeaders(headers));
          });
      page.navigate(host.url() + "/");
      page.getByLabel("Bearer token").fill("no.real.token");
      opened.button("Use this token").click();
      assertThat(page.getByText("UNAUTHENTICATED")).isVisible();
      page.getByLabel("Bearer token").fill(host.token("demo", java.util.Set.of("caller")));
      opened.button("Use this token").click();
      opened.ask(CAT, "accessibility-captions", "cat, dog");
      opened.button("Open the proof").click();
      verified(opened);
      assertThat(page.locator(".cordon-step--unchecked")).containsText("role auditor");
      assertEquals(
          "[0,0]", page.evaluate("JSON.stringify([localStorage.length, sessionStorage.length])"));
      opened.expect(404);
      opened.expect(401);
      opened.expect(403);
    }
  }

  @Test
  void fitsANarrowScreen() {
    try (PlaygroundPage opened =
        PlaygroundPage.open(chromium, host.url(), ColorScheme.LIGHT, 360)) {
      opened.ask(CAT, "accessibility-captions", "cat, dog, teapot");
      opened.button("Open the proof").click();
      verified(opened);
      opened.picture("narrow");
      assertEquals(
          true,
          opened
              .page()
              .evaluate(
                  "() => { const main = document.querySelector('#main');"
                      + " return main.scrollWidth <= main.clientWidth"
                      + " && document.documentElement.scrollWidth <= innerWidth; }"));
    }
  }

  private PlaygroundPage open(ColorScheme scheme) {
    return PlaygroundPage.open(chromium, host.url(), scheme, 1280);
  }

  private static void verified(PlaygroundPage opened) {
    assertThat(opened.section("Receipt")).containsText("Verified in this browser");
  }

  private void assertDownloadVerifies(PlaygroundPage opened) throws IOException {
    Page page = opened.page();
    Download file = page.waitForDownload(() -> page.locator("a[download]").click());
    String leaf = opened.section("Receipt").locator("code.cordon-hash").first().textContent();
    assertTrue(
        ProofVerifier.verify(
                Files.readString(file.path()),
                HexFormat.of().parseHex(leaf),
                host.anonymous().get("/log/vkey").asString().strip())
            .ok());
  }

  private static void tabTo(Page page, String selector) {
    for (int i = 0; i < 40; i++) {
      page.keyboard().press("Tab");
      if ((boolean) page.evaluate("() => document.activeElement !== document.body")
          && page.locator(selector)
              .first()
              .evaluate("e => e === document.activeElement")
              .equals(true)) {
        return;
      }
    }
    throw new AssertionError("the keyboard does not reach " + selector);
  }

  /** Rules of axe that are broken seriously or worse. */
  private static List<?> barriers(Page page) throws IOException {
    page.evaluate(
        Files.readString(HostProcess.ROOT.resolve("ui/node_modules/axe-core/axe.min.js")));
    return (List<?>)
        page.evaluate(
            "async () => (await axe.run()).violations"
                + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                + ".map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' '))");
  }
}
