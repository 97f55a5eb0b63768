/** The one table of error codes, and the exception that carries a code to the API. */
package dev.cordon.core.problem;
