/**
 * The policy decision point: facts and a bundle in, one decision out.
 *
 * <p>Pure: no clock, no file, no state. Time is a fact.
 */
package dev.cordon.policy.evaluation;
