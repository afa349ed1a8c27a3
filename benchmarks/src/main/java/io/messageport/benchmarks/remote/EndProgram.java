package io.messageport.benchmarks.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One end of a workload in a JVM of its own. It does what the lines of its standard input say, answers each with one line
 * that begins with {@code @}, and ends at once when its input does, since then its parent is gone.
 *
 * <p>{@code open [ADDRESS]} → {@code @ready [ADDRESS]}; {@code round COUNT} → {@code @round NANOS}; {@code meter} and
 * {@code footprint} → what {@link Meter} says; {@code end} → {@code @ended}; whatever fails → {@code @failed TEXT}.
 */
public final class EndProgram {
    private static final int PARENT_GONE = 3;
    private static final String ENDED = "ended";

    private final ReceivingEnd receiving;
    private final SendingEnd sending;

    /** Owned by the main thread. */
    private boolean opened;

    private EndProgram(ReceivingEnd receiving, SendingEnd sending) {
        this.receiving = receiving;
        this.sending = sending;
    }

    /** Takes {@code receive} or {@code send}, the label of a workload and the name of a party. */
    public static void main(String[] args) throws InterruptedException {
        RemoteWorkload workload = RemoteWorkload.labelled(args[1]).orElseThrow();
        Party party = Party.valueOf(args[2]);
        EndProgram program = args[0].equals("receive")
                ? new EndProgram(workload.receiving(party), null)
                : new EndProgram(null, workload.sending(party));
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread unused = Thread.ofPlatform().daemon().name("commands").start(() -> read(lines));
        String answer;
        do {
            answer = program.answer(lines.take());
            System.out.println("@" + answer.replace('\n', ' '));
        } while (!answer.equals(ENDED));
        // Whatever the other libraries have started does not keep it alive.
        Runtime.getRuntime().halt(0);
    }

    private static void read(BlockingQueue<String> lines) {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            System.err.println("standard input failed, ending: " + e);
        }
        Runtime.getRuntime().halt(PARENT_GONE);
    }

    private String answer(String line) throws InterruptedException {
        String[] words = line.split(" ", 2);
        try {
            return switch (words[0]) {
                case "open" -> "ready " + open(words);
                case "round" -> "round " + sending.run(Integer.parseInt(words[1]));
                case "meter" -> "meter " + Meter.now().words();
                case "footprint" -> "footprint " + Footprint.now().words();
                case "end" -> {
                    close();
                    yield ENDED;
                }
                default -> "failed by the command " + line;
            };
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return "failed " + (e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private String open(String[] words) throws Exception {
        String address = "";
        if (receiving != null) {
            address = receiving.open();
        } else {
            sending.open(words[1]);
        }
        opened = true;
        return address;
    }

    private void close() throws Exception {
        if (!opened) {
            return;
        }
        if (receiving != null) {
            receiving.close();
        } else {
            sending.close();
        }
    }
}
