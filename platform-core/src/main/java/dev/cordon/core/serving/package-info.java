/**
 * The model package that answers: follows the registry's active package, loads it and lends it to
 * calls. Knows no call, tenant or policy.
 */
package dev.cordon.core.serving;
