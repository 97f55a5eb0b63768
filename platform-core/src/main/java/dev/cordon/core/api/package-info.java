/** HTTP in and out: resources, request parsing and answers. No decisions are made here. */
package dev.cordon.core.api;
