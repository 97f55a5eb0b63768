/**
 * The bill of materials of a package: CycloneDX 1.6 with a model card, written from the manifest
 * and from what was measured, and read for what promotion needs.
 */
package dev.cordon.models.bom;
