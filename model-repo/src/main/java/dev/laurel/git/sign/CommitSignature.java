package dev.laurel.git.sign;

/** What the signature of a commit proves, to somebody who knows some keys. */
public sealed interface CommitSignature {

    /** There is none. */
    record Missing() implements CommitSignature {}

    /** The holder of this key signed the commit as it is. */
    record By(SignerKey key) implements CommitSignature {}

    /**
     * Somebody signed whose key is not known.
     *
     * @param key its fingerprint, or its id where an OpenPGP signature has no more
     */
    record Foreign(String key) implements CommitSignature {}

    /** It is not the signature of this commit, or none that is understood. */
    record Invalid(String problem) implements CommitSignature {}
}
