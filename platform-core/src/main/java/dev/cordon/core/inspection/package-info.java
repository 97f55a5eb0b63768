/** Hop 6: facts about the pixels and the policy stage that reads them. */
package dev.cordon.core.inspection;
