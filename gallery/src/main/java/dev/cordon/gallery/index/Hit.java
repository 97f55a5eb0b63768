package dev.cordon.gallery.index;

/** An item with the cosine of its vector and the one asked for. */
public record Hit(String item, float cosine) {}
