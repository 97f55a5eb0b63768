/** SHA-256 of bytes and files, as packages, signatures and downloads name them. */
package dev.cordon.models.digest;
