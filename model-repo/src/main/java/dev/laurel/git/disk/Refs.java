package dev.laurel.git.disk;

import org.eclipse.jgit.lib.Constants;

/** What references are called by their whole names, which are also the paths of their files in a repository. */
public final class Refs {
    public static final String MAIN = Constants.R_HEADS + "main";
    /** Before the name of each branch of the repository that a clone was made from. */
    public static final String ORIGIN = Constants.R_REMOTES + "origin/";

    public static final String ORIGIN_MAIN = ORIGIN + "main";

    private Refs() {}
}
