/** How champions and challengers do on live traffic: answers, errors, times and agreement, as JSON and as metrics. */
@NullMarked
package dev.laurel.live;

import org.jspecify.annotations.NullMarked;
