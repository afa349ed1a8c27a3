package auction;

import io.messageport.Port;
import io.messageport.PortId;
import java.util.ArrayList;
import java.util.List;

/**
 * Sells one thing to the highest bidder. A bidder who is beaten is told so; one who dies, or whose node is lost, is out,
 * and the next best leads again.
 */
public final class Auction extends Port {
    /** {@code bidder} offers {@code amount}. */
    public record Bid(PortId bidder, long amount) {}

    /** To a bidder: yours is the highest bid. */
    public record Leading(long amount) {}

    /** To a bidder: somebody offers more. */
    public record Outbid(long amount) {}

    /** To the auction, from one who asks: it is over. */
    public record Close() {}

    /** The answer to {@link Close}. */
    public record Sold(PortId buyer, long amount) {}

    /** Highest first. */
    private final List<Bid> bids = new ArrayList<>();

    @Override
    protected void start() {
        on(Bid.class, this::bid);
        on(Close.class, close -> close());
    }

    private void close() {
        if (bids.isEmpty()) {
            stop("nobody wants it");
            return;
        }
        reply(new Sold(bids.getFirst().bidder(), bids.getFirst().amount()));
        stop();
    }

    private void bid(Bid bid) {
        if (!bids.isEmpty() && bid.amount() <= bids.getFirst().amount()) {
            send(bid.bidder(), new Outbid(bids.getFirst().amount()));
            return;
        }
        if (!bids.isEmpty()) {
            send(bids.getFirst().bidder(), new Outbid(bid.amount()));
        }
        bids.addFirst(bid);
        send(bid.bidder(), new Leading(bid.amount()));
        monitor(bid.bidder(), reason -> withdraw(bid));
    }

    private void withdraw(Bid bid) {
        boolean led = bids.getFirst() == bid;
        bids.remove(bid);
        if (led && !bids.isEmpty()) {
            send(bids.getFirst().bidder(), new Leading(bids.getFirst().amount()));
        }
    }
}
