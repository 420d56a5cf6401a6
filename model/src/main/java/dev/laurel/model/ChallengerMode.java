package dev.laurel.model;

/** How a challenger meets live traffic. */
public enum ChallengerMode {
    @Says("It answers nobody: each request that the champion answered is answered once more behind it, to compare.")
    SHADOW,
    @Says("It answers a share of the requests; the same caller always gets the same version.")
    CANARY
}
