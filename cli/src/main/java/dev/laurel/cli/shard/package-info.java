/** The shards of a command as objects for a cluster. Command: shard. */
@NullMarked
package dev.laurel.cli.shard;

import org.jspecify.annotations.NullMarked;
