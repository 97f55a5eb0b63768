/** The commands of the launcher that are Java: run, demo, token, models and log. */
package dev.cordon.core.cli;
