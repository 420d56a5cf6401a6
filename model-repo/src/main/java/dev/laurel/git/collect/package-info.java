/**
 * Collects garbage beside readers and writers: packs objects, removes bytes that nothing needs any more and what killed writers left
 * behind. Whatever may still be wanted stays for its grace. A dry run says what would go.
 */
@NullMarked
package dev.laurel.git.collect;

import org.jspecify.annotations.NullMarked;
