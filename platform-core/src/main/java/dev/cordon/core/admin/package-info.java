/** Changes that people make: each is committed together with its audit leaf. */
package dev.cordon.core.admin;
