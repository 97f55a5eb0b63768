/** The plugin that opens SPEC.md. */
package org.example.textmatch;
