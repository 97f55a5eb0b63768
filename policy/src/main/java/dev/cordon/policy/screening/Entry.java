package dev.cordon.policy.screening;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What the lexicon knows of a word or phrase. */
record Entry(Set<Role> roles, List<Sense> senses) {
  static final Entry NONE = new Entry(EnumSet.noneOf(Role.class), List.of());

  boolean is(Role role) {
    return roles.contains(role);
  }

  boolean unknown() {
    return roles.isEmpty() && senses.isEmpty();
  }

  /** Neither a role nor a sense that another word could complete to a question about people. */
  boolean inert() {
    return senses.isEmpty()
        && !is(Role.PERSON)
        && !is(Role.GIVEN)
        && !is(Role.WEAK_GIVEN)
        && !is(Role.SURNAME)
        && !is(Role.TITLE);
  }
}
