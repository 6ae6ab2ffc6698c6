package dev.hemline.producer;

/** Remembers how far a run has come, so that it can go on there. */
interface RunJournal {
    /**
     * How far a run has come.
     *
     * @param events image events that were sent, good and bad
     * @param labelled of how many of them, counted from the first, nothing is left to be told
     */
    record Position(long events, long labelled) {
        static final Position START = new Position(0, 0);
    }

    /** For runs without a name: each begins at the start, and nothing is remembered. */
    RunJournal NONE = new RunJournal() {
        @Override
        public Position start() {
            return Position.START;
        }

        @Override
        public void reached(Position position) {}

        @Override
        public void end(Position position) {}
    };

    /** Where to go on. */
    Position start();

    /** Called after every event and label and while waiting; writes when it is time to. */
    void reached(Position position);

    /** Writes the last line. */
    void end(Position position);
}
