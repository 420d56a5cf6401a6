package dev.laurel.oip;

import dev.laurel.predict.UnansweredException;

/** The values of a tensor, one after another. Asked for as a column wants them; a kind that cannot be one is an {@link UnansweredException}. */
public sealed interface Elements {
    int count();

    double number(int i, String place);

    String word(int i, String place);

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
        public double number(int i, String place) {
            if (!Double.isFinite(values[i])) {
                throw UnansweredException.invalid(place, values[i], "a number");
            }
            return values[i];
        }

        @Override
        public String word(int i, String place) {
            throw UnansweredException.invalid(place, values[i], "text, as BYTES");
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
        public double number(int i, String place) {
            return values[i];
        }

        @Override
        public String word(int i, String place) {
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
        public double number(int i, String place) {
            return values[i] ? 1 : 0;
        }

        @Override
        public String word(int i, String place) {
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
        public double number(int i, String place) {
            throw UnansweredException.invalid(place, '"' + values[i] + '"', "a number, as FP64");
        }

        @Override
        public String word(int i, String place) {
            return values[i];
        }
    }
}
