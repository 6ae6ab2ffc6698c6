package dev.hemline.producer;

import java.util.concurrent.locks.LockSupport;

/** Time that passes, for whoever waits in it; tests have one of their own. */
interface Ticker {

    /** Nanoseconds since some moment; only differences mean something. */
    long nanoTime();

    /** Lets about so many nanoseconds pass, fewer when interrupted. */
    void sleep(long nanos);

    /** The machine's. */
    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void sleep(long nanos) {
            LockSupport.parkNanos(nanos);
        }
    };
}
