package keruen.interop;

import com.helger.phase4.attachment.AS4OutgoingAttachment;
import com.helger.web.scope.mgr.WebScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many messages at once, measured: a thread sends its next one when the receipt of the last one is verified.
 *
 * <p>Says {@code load RECEIPTED SECONDS P50 P99}, the last two in milliseconds. One in 2 100 of phase4's own messages is
 * refused by phase4: Santuario takes the ephemeral key for one of DSA. Such are not counted as receipted.
 */
final class Load {
    private static final double NANOS = 1e9;
    private static final double NANOS_OF_MILLI = 1e6;
    private static final double LAST = 0.99;
    private final Client client;
    private final List<AS4OutgoingAttachment> payloads;
    private final long[] times;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger receipted = new AtomicInteger();

    Load(Client client, int messages) throws Exception {
        this.client = client;
        this.payloads = client.payloads();
        this.times = new long[messages];
    }

    /** Send all of them from so many threads. */
    String run(int atOnce) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            long begun = System.nanoTime();
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                work.add(this::sendSome);
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            return said((System.nanoTime() - begun) / NANOS);
        } finally {
            threads.shutdown();
        }
    }

    private Void sendSome() throws Exception {
        try (WebScoped scope = new WebScoped()) {
            for (int number = next.getAndIncrement(); number < times.length; number = next.getAndIncrement()) {
                long begun = System.nanoTime();
                if (client.send(payloads).isSuccess()) {
                    receipted.incrementAndGet();
                }
                times[number] = System.nanoTime() - begun;
            }
        }
        return null;
    }

    private String said(double seconds) {
        Arrays.sort(times);
        return "load " + receipted + " " + seconds + " " + times[times.length / 2] / NANOS_OF_MILLI + " "
                + times[(int) (times.length * LAST)] / NANOS_OF_MILLI;
    }
}
