/**
 * Everything a capability plugin can see: the question, the image's geometry and a handle that
 * compares regions with texts. Depends on the JDK only; nothing here names a caller, a tenant, a
 * file, a model package or an address.
 */
package dev.cordon.spi;
