package dev.laurel.git;

/**
 * A path whose content differs between two commits.
 *
 * @param before whether a file was there
 * @param after whether a file is there now
 * @param regular whether what is there now is a plain file: not a symbolic link, not a submodule
 */
public record PathChange(String path, boolean before, boolean after, boolean regular) {}
