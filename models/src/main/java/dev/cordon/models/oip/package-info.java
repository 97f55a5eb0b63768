/**
 * Runs one tower of a package on a server that speaks the Open Inference Protocol v2, over REST or
 * gRPC. Only prepared tensors leave this process, and no message of a failure holds their content.
 */
package dev.cordon.models.oip;
