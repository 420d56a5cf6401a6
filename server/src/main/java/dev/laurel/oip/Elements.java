package dev.laurel.oip;

import dev.laurel.predict.UnansweredException;
import java.util.function.IntFunction;

/** The values of a tensor, one after another. Asked for as a column wants them; a kind that cannot be one is an {@link UnansweredException}, for which {@code places} say where it stands. */
public sealed interface Elements {
    int count();

    double number(int i, IntFunction<String> places);

    String word(int i, IntFunction<String> places);

    /** Whether it stands for no value. */
    default boolean isNull(int i) {
        return false;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fractions(double[] values) implements Elements {
        @Override
        public int count() {
            return values.length;
        }

        @Override
        public double number(int i, IntFunction<String> places) {
            if (!Double.isFinite(values[i])) {
                throw UnansweredException.invalid(places.apply(i), values[i], "a number");
            }
            return values[i];
        }

        @Override
        public String word(int i, IntFunction<String> places) {
            throw UnansweredException.invalid(places.apply(i), values[i], "text, as BYTES");
        }

        @Override
        public boolean isNull(int i) {
            return Double.isNaN(values[i]);
        }
    }

    /** Whole numbers; as words they are what a file would have, digit by digit. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Wholes(long[] values) implements Elements {
        @Override
        public int count() {
            return values.length;
        }

        @Override
        public double number(int i, IntFunction<String> places) {
            return values[i];
        }

        @Override
        public String word(int i, IntFunction<String> places) {
            return Long.toString(values[i]);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Truths(boolean[] values) implements Elements {
        @Override
        public int count() {
            return values.length;
        }

        @Override
        public double number(int i, IntFunction<String> places) {
            return values[i] ? 1 : 0;
        }

        @Override
        public String word(int i, IntFunction<String> places) {
            return Boolean.toString(values[i]);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Texts(String[] values) implements Elements {
        @Override
        public int count() {
            return values.length;
        }

        @Override
        public double number(int i, IntFunction<String> places) {
            throw UnansweredException.invalid(places.apply(i), '"' + values[i] + '"', "a number, as FP64");
        }

        @Override
        public String word(int i, IntFunction<String> places) {
            return values[i];
        }
    }
}
