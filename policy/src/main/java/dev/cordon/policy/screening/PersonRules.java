package dev.cordon.policy.screening;

import java.util.function.Consumer;

/** Finds category words that are applied to people, and phrases that are questions about them. */
final class PersonRules {
  private static final String APPLIED = "applied-to-person";

  private PersonRules() {}

  static void find(Sentence sentence, Consumer<Evidence> sink) {
    for (int i = 0; i < sentence.size(); i++) {
      for (var sense : sentence.at(i).entry().senses()) {
        var signal = signal(sentence, i, sense);
        if (signal != null) {
          sink.accept(Evidence.of(sense, signal));
        }
      }
      if (NameRules.isName(sentence, i)) {
        sink.accept(new Evidence("identity", Verdict.BLOCK, "person-name"));
      }
    }
  }

  private static String signal(Sentence sentence, int i, Sense sense) {
    return switch (sense.kind()) {
      case PHRASE -> sense.category().equals("identity") ? "identity-phrase" : "phrase";
      case ATTRIBUTE -> sentence.personNear(i) ? APPLIED : null;
      case STRONG -> strong(sentence, i, sense) ? APPLIED : null;
      case PERSON_WORD ->
          sentence.heads(i) ? "person-word" : strong(sentence, i, sense) ? APPLIED : null;
      case AMBIGUOUS -> ambiguous(sentence, i) ? APPLIED : null;
      case WORN -> worn(sentence, i) ? APPLIED : null;
      case COMPETING -> null;
    };
  }

  private static boolean strong(Sentence sentence, int i, Sense sense) {
    // What is never permitted is refused even when a thing follows; the rest only of persons.
    boolean before =
        sense.verdict() == Verdict.BLOCK
            ? sentence.personAfter(i, 2) >= 0
            : directlyBeforeHead(sentence, i);
    return before
        || switch (sentence.personBefore(i)) {
          case LINKED -> true;
          case ADJACENT, WORN -> sentence.heads(i);
          case NONE -> false;
        };
  }

  private static boolean ambiguous(Sentence sentence, int i) {
    return directlyBeforeHead(sentence, i)
        || (sentence.heads(i)
            && switch (sentence.personBefore(i)) {
              case LINKED -> true;
              case ADJACENT -> sentence.asksBefore(i);
              case WORN, NONE -> false;
            });
  }

  private static boolean directlyBeforeHead(Sentence sentence, int i) {
    int person = sentence.personAfter(i, 0);
    return person >= 0 && sentence.heads(person);
  }

  private static boolean worn(Sentence sentence, int i) {
    return sentence.personBefore(i) == Sentence.Tie.WORN && sentence.heads(i);
  }
}
