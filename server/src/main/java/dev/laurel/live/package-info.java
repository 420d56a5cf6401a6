/** What is seen on live traffic: how champions and challengers do, and how far rows and answers are from the profiles; as JSON and as metrics. */
@NullMarked
package dev.laurel.live;

import org.jspecify.annotations.NullMarked;
