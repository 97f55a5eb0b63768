/**
 * The Open Inference Protocol v2 in front of the governed path: capabilities are its models. What a
 * request says becomes the same question as {@code POST /v1/analyses} takes; nothing is decided
 * here.
 */
package dev.cordon.core.api.oip;
