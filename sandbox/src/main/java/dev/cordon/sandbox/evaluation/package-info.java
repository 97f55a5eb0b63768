/**
 * Evaluations of packages: what a plugin is put through before anybody may enable it, and the
 * signed report of it. Knows no files, no real model and no host: pictures and models are given.
 */
package dev.cordon.sandbox.evaluation;
