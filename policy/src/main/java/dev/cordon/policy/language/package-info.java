/**
 * What a rule may say: the facts, their types, and CEL conditions compiled against them.
 *
 * <p>Nothing here knows packs, tenants or how decisions combine.
 */
package dev.cordon.policy.language;
