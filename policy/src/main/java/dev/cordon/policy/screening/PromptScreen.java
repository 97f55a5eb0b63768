package dev.cordon.policy.screening;

/** Screens the texts of a call for questions about people; thread-safe, keeps nothing. */
public final class PromptScreen {
  private PromptScreen() {}

  /** The screen with the lexicon that ships with this version. */
  public static PromptScreen shipped() {
    return new PromptScreen();
  }

  /** Screens labels, templates, the full product of both, and the text. */
  public Screening screen(ScreenedTexts texts) {
    throw new UnsupportedOperationException("not built yet");
  }

  /** Screens one text; {@code where} is only copied into the hits. */
  public Screening screenText(String text, String where) {
    throw new UnsupportedOperationException("not built yet");
  }
}
