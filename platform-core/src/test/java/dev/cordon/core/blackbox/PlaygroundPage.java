package dev.cordon.core.blackbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The playground in a browser of its own; closing it asserts that nothing went to another host and
 * that the page complained of nothing but what the test expected.
 */
final class PlaygroundPage implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "screenshots");

  private final BrowserContext context;
  private final Page page;
  private final List<String> foreign = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private PlaygroundPage(BrowserContext context, String url) {
    this.context = context;
    this.page = context.newPage();
    page.onRequest(
        request -> {
          if (!request.url().startsWith(url + "/") && !request.url().startsWith("blob:" + url)) {
            foreign.add(request.url());
          }
        });
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  static PlaygroundPage open(Chromium chromium, String url, ColorScheme scheme, int width) {
    PlaygroundPage opened = new PlaygroundPage(chromium.context(url, scheme, width, 1600), url);
    opened.page.navigate(url + "/");
    return opened;
  }

  /** Opened without having gone anywhere, for a test that first changes what the page gets. */
  static PlaygroundPage blank(Chromium chromium, String url) {
    return new PlaygroundPage(chromium.context(url, ColorScheme.LIGHT, 1280, 1600), url);
  }

  Page page() {
    return page;
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  Locator section(String name) {
    return page.getByRole(
        AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  void choose(Path image) {
    page.setInputFiles("#image", image);
  }

  /** Labels as one types them, separated by commas. */
  void ask(Path image, String purpose, String labels) {
    choose(image);
    page.selectOption("#purpose", purpose);
    page.fill("#labels", labels + ",");
    button("Ask").click();
  }

  /** The browser itself reports an answer with such a status as an error. */
  void expect(int status) {
    complaints.removeIf(
        text -> text.startsWith("Failed to load resource") && text.contains(" " + status + " "));
  }

  void picture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  @Override
  public void close() {
    context.close();
    assertEquals(List.of(), foreign);
    assertEquals(List.of(), complaints);
  }
}
