/** What a deployment knows of packages: values and the registry they are kept in. No I/O. */
package dev.cordon.sandbox.catalogue;
