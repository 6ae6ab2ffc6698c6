package dev.hemline.producer;

/** Remembers how far a run has come, so that it can go on there. */
interface RunJournal {
    /** For runs without a name: each begins at the start, and nothing is remembered. */
    RunJournal NONE = new RunJournal() {
        @Override
        public RunPosition start() {
            return RunPosition.START;
        }

        @Override
        public void reached(RunPosition position) {}

        @Override
        public void end(RunPosition position) {}
    };

    /** Where to go on. */
    RunPosition start();

    /** Called after every event and label and while waiting; writes when it is time to. */
    void reached(RunPosition position);

    /** Writes the last line. */
    void end(RunPosition position);
}
