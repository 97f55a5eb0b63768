package dev.cordon.policy.language;

/** What is about to be released: the number of findings. */
public record OutputFacts(int findings) {}
