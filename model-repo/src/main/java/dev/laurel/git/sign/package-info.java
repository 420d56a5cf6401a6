/**
 * The keys that sign commits, and those that are known to: SSH and OpenPGP, as Git has them. A signature is checked against given keys
 * alone, and no keyring, file or agent of the machine is looked at. Who may do what is the business of whoever lists the keys.
 */
@NullMarked
package dev.laurel.git.sign;

import org.jspecify.annotations.NullMarked;
