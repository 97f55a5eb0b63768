/**
 * Rule packs, tenants and purposes: read from YAML, checked, and named by the digest of their
 * content.
 *
 * <p>Loading happens here; evaluating does not.
 */
package dev.cordon.policy.bundle;
