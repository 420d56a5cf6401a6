package dev.laurel.source;

import dev.laurel.table.Table;

/** What came of asking Yahoo Finance for bars. */
sealed interface YahooOutcome {

    /**
     * The finished bars.
     *
     * @param notes what was left out and why, and the splits that prices are adjusted for; may be empty
     */
    record Fetched(Table bars, String notes) implements YahooOutcome {}

    /** No bars. */
    sealed interface Failed extends YahooOutcome {
        /** What went wrong, in one line. */
        String problem();

        /** Whether the same request may well succeed some seconds later. */
        default boolean passing() {
            return false;
        }
    }

    record UnknownTicker(String ticker) implements Failed {
        @Override
        public String problem() {
            return "Yahoo Finance knows no ticker " + ticker + " (HTTP 404)";
        }
    }

    record RateLimited() implements Failed {
        @Override
        public String problem() {
            return "Yahoo Finance takes no more requests from here for now (HTTP 429)";
        }

        @Override
        public boolean passing() {
            return true;
        }
    }

    record ServerError(int status) implements Failed {
        @Override
        public String problem() {
            return "Yahoo Finance failed (HTTP " + status + ")";
        }

        @Override
        public boolean passing() {
            return true;
        }
    }

    /** Any other status that is not a success. */
    record Refused(int status) implements Failed {
        @Override
        public String problem() {
            return "Yahoo Finance refused the request (HTTP " + status + ")";
        }
    }

    record TimedOut(String what) implements Failed {
        @Override
        public String problem() {
            return "Yahoo Finance did not answer in time (" + what + ")";
        }
    }

    /** No connection, or one that broke: an unknown host, a refused connection, a certificate that is not trusted. */
    record Unreachable(String cause) implements Failed {
        @Override
        public String problem() {
            return "Yahoo Finance is out of reach (" + cause + ")";
        }
    }

    /** Something else than JSON, such as a page that asks for consent. */
    record NotJson(String beginning) implements Failed {
        @Override
        public String problem() {
            return "Yahoo Finance answered with something other than JSON, which begins '" + beginning + "'";
        }
    }

    /** JSON that is not a chart of daily bars of the ticker. */
    record Malformed(String detail) implements Failed {
        @Override
        public String problem() {
            return "Yahoo Finance answered with a chart that cannot be read: " + detail;
        }
    }
}
