package dev.cordon.policy.language;

/** What was measured on the decoded image; sizes in pixels, the others in [0, 1]. */
public record ImageFacts(
    int width, int height, double sharpness, double brightness, double contrast) {}
