/**
 * The prompt screen: what a text asks about people, found in a normalised form.
 *
 * <p>It reads labels, templates and texts and says which categories they touch. It decides nothing:
 * rules do. Nothing here may keep, log or return user text.
 */
package dev.cordon.policy.screening;
