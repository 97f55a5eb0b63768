/**
 * Hop 4: prompt screen, consent and policy before a pixel is decoded. Only this package creates
 * {@code Admitted}.
 */
package dev.cordon.core.admission;
