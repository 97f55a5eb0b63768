/**
 * What segmenters of the SAM family take: their frame, and prompts as numbers in it. No graph is
 * run here.
 */
package dev.cordon.models.sam;
