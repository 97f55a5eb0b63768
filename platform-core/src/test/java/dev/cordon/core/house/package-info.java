/**
 * The rules of the house as tests: which arrows there are, which names, and who may make a proof or
 * a leaf. Each rule also runs on a small house that breaks it, under {@code dev.cordon.fixture}.
 */
package dev.cordon.core.house;
