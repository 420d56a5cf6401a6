/** Where rows come from: Yahoo Finance, bundled files, CSV; and the rows kept on disk between runs. */
@NullMarked
package dev.laurel.source;

import org.jspecify.annotations.NullMarked;
