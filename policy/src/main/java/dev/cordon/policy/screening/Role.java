package dev.cordon.policy.screening;

/** What a word does in a sentence, as far as the rules care. */
enum Role {
  PERSON,
  IMAGE,
  ARTICLE,
  LINK,
  WEAR,
  BREAK,
  EXEMPT,
  GIVEN,
  WEAK_GIVEN,
  SURNAME,
  COMMON_SURNAME,
  TITLE,
  PARTICLE,
  OBJECT
}
