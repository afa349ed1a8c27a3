package io.messageport.benchmarks.remote;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** The small message of Pekko's side, by hand, straight into Artery's buffers. Any thread. */
final class TradeSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {
    private static final int IDENTIFIER = 4711;
    private static final int MOST = 64;
    private static final String TRADE = "T";
    private static final String ANSWER = "A";

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return message instanceof PekkoMessage.Trade ? TRADE : ANSWER;
    }

    @Override
    public void toBinary(Object message, ByteBuffer to) {
        switch (message) {
            case PekkoMessage.Trade trade -> write(to, trade);
            case PekkoMessage.Answer answer -> write(to, new PekkoMessage.Trade(answer.number(), answer.lane(),
                    answer.word(), answer.amount()));
            default -> throw new IllegalArgumentException("no small message: " + message);
        }
    }

    private static void write(ByteBuffer to, PekkoMessage.Trade trade) {
        byte[] word = trade.word().getBytes(StandardCharsets.UTF_8);
        ByteBuffer unused = to.putLong(trade.number())
                .putInt(trade.lane())
                .putDouble(trade.amount())
                .put((byte) word.length)
                .put(word);
    }

    @Override
    public Object fromBinary(ByteBuffer from, String manifest) {
        long number = from.getLong();
        int lane = from.getInt();
        double amount = from.getDouble();
        byte[] word = new byte[from.get()];
        ByteBuffer unused = from.get(word);
        String text = new String(word, StandardCharsets.UTF_8);
        return manifest.equals(TRADE)
                ? new PekkoMessage.Trade(number, lane, text, amount)
                : new PekkoMessage.Answer(number, lane, text, amount);
    }

    @Override
    public byte[] toBinary(Object message) {
        ByteBuffer buffer = ByteBuffer.allocate(MOST);
        toBinary(message, buffer);
        byte[] bytes = new byte[buffer.flip().remaining()];
        ByteBuffer unused = buffer.get(bytes);
        return bytes;
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return fromBinary(ByteBuffer.wrap(bytes), manifest);
    }
}
