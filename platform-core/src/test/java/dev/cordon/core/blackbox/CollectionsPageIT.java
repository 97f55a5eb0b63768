package dev.cordon.core.blackbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.FileChooser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The collections of the page, in a real Chromium. */
class CollectionsPageIT {
  private static final Path CAT = TestHost.SAMPLES.resolve("chelsea.jpg");
  private static final Path CUP = TestHost.SAMPLES.resolve("coffee.jpg");
  private static final Path ROCKET = TestHost.SAMPLES.resolve("rocket.jpg");
  private static final Pattern LEAF = Pattern.compile("leaf [0-9]+");
  private static Chromium chromium;
  private final TestHost host = TestHost.get();
  private final String name = "p-" + UUID.randomUUID();

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

  @ParameterizedTest
  @EnumSource(
      value = ColorScheme.class,
      names = {"LIGHT", "DARK"})
  void aCollectionIsMadeFilledSearchedAndAnItemErased(ColorScheme scheme) {
    try (PlaygroundPage opened = PlaygroundPage.open(chromium, host.url(), scheme, 1280)) {
      Page page = opened.page();
      page.click("text=Collections");
      page.fill("#new-name", name);
      page.selectOption("#new-purpose", "accessibility-captions");
      opened.button("Create").click();
      assertThat(opened.section("Collection")).containsText("Created, leaf");
      assertThat(page.locator("#collection")).hasValue(name);
      page.setInputFiles("#add", new Path[] {CAT, CUP, ROCKET});
      Locator added = page.getByLabel("Added").locator("li");
      assertThat(added).hasCount(3);
      assertThat(added.first()).containsText(LEAF);
      assertThat(opened.section("Collection")).containsText("3 items, ready");

      page.fill("#search-text", "a photo of a cat");
      opened.button("Search").click();
      Locator matches = opened.section("Matches").locator("li");
      assertThat(matches).hasCount(3);
      assertThat(matches.first()).containsText("chelsea.jpg");
      assertThat(matches.first()).containsText(Pattern.compile("[0-9.]+ %"));
      assertThat(opened.section("Receipt")).containsText("Leaf");
      opened.button("Open the proof").click();
      assertThat(page.locator(".cordon-step--fails")).hasCount(0);
      assertThat(page.locator(".cordon-step--holds").first()).isVisible();
      opened.picture("collections-" + scheme.name().toLowerCase(java.util.Locale.ROOT));

      page.setInputFiles("#image", CUP);
      assertThat(matches.first()).containsText("coffee.jpg");
      opened.button("Erase coffee.jpg").click();
      assertThat(opened.section("Search")).containsText("coffee.jpg is erased, leaf");
      assertThat(matches).hasCount(2);
      assertThat(opened.section("Collection")).containsText("2 items, ready");
    }
  }

  @Test
  void theKeyboardAloneIsEnough() {
    try (PlaygroundPage opened =
        PlaygroundPage.open(chromium, host.url(), ColorScheme.LIGHT, 1280)) {
      Page page = opened.page();
      // Until somebody listens the browser opens a chooser of its own, which nobody sees.
      page.onFileChooser(chooser -> {});
      assertThat(opened.button("Ask")).isVisible();
      tabTo(page, "a[href='#collections']");
      page.keyboard().press("Enter");
      tabTo(page, "#new-name");
      page.keyboard().type(name);
      tabTo(page, "#new-purpose");
      page.keyboard().type("acc");
      tabTo(page, "form[aria-label='New collection'] button");
      page.keyboard().press("Enter");
      assertThat(page.locator("#collection")).hasValue(name);
      tabTo(page, "#add");
      FileChooser chooser = page.waitForFileChooser(() -> page.keyboard().press("Enter"));
      chooser.setFiles(CAT);
      assertThat(opened.section("Collection")).containsText("1 item, ready");
      tabTo(page, "#search-text");
      page.keyboard().type("a cat");
      page.keyboard().press("Enter");
      assertThat(opened.section("Matches").locator("li")).hasCount(1);
      tabTo(page, "button[aria-label='Erase chelsea.jpg']");
      page.keyboard().press("Enter");
      assertThat(opened.section("Search")).containsText("chelsea.jpg is erased");
      assertThat(opened.section("Collection")).containsText("0 items, empty");
    }
  }

  @Test
  void aRefusedSearchSaysWhyAndGivesNoMatch() {
    try (PlaygroundPage opened =
        PlaygroundPage.open(chromium, host.url(), ColorScheme.LIGHT, 1280)) {
      Page page = opened.page();
      page.click("text=Collections");
      page.fill("#new-name", name);
      page.selectOption("#new-purpose", "accessibility-captions");
      opened.button("Create").click();
      assertThat(page.locator("#collection")).hasValue(name);
      page.fill("#search-text", "an angry man");
      opened.button("Search").click();
      assertThat(page.locator(".cordon-problem")).containsText("BIOMETRIC_USE");
      assertThat(opened.section("Matches")).hasCount(0);
      opened.expect(403);
    }
  }

  private static void tabTo(Page page, String selector) {
    Locator wanted = page.locator(selector + ":focus");
    for (int i = 0; i < 60 && wanted.count() == 0; i++) {
      page.keyboard().press("Tab");
    }
    assertThat(wanted).hasCount(1);
  }
}
