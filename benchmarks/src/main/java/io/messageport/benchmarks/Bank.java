package io.messageport.benchmarks;

import io.messageport.Port;
import io.messageport.PortId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A teller has money moved between a thousand accounts, each a port: the source debits itself and asks the recipient to
 * credit, and tells the teller when the recipient has done so (bank transaction of the Savina suite); the operation is a
 * transaction, four messages.
 *
 * <p>Right is: all transactions come back, and the accounts together have what they had.
 */
public class Bank {
    static final int TRANSACTIONS = 20_000;

    private static final int ACCOUNTS = 1_000;
    private static final int INITIAL = 1_000;

    /** Which accounts and how much; owned by the teller. */
    private static final class Book {
        private int random = 0x2545F491;
        private int transactions;
        private int answers;
        private long sum;

        void open(int all) {
            transactions = all;
            answers = 0;
            sum = 0;
        }

        private int next(int bound) {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            return (random >>> 8) % bound;
        }

        /** True when every transaction has come back. */
        boolean moved() {
            answers++;
            return answers == transactions;
        }

        /** True when every account has told its balance. */
        boolean add(long balance) {
            sum += balance;
            answers++;
            return answers == transactions + ACCOUNTS;
        }
    }

    /** An amount of money; owned by the account. */
    private static final class Money {
        private long balance = INITIAL;
    }

    /** Ports. */
    @State(Scope.Benchmark)
    public static class Ours extends OurSide {
        private final Book book = new Book();
        private final PortId[] accounts = new PortId[ACCOUNTS];
        private PortId teller;

        @Override
        void prepare() {
            Port port = node().port();
            teller = port.id();
            port.on("open", m -> {
                for (int i = 0; i < m.intValue(0); i++) {
                    PortId source = accounts[book.next(ACCOUNTS)];
                    port.send(source, "transfer", 1 + book.next(100), accounts[book.next(ACCOUNTS)]);
                }
            });
            port.on("moved", m -> {
                if (book.moved()) {
                    for (PortId account : accounts) {
                        port.send(account, "tell");
                    }
                }
            });
            port.on("balance", m -> {
                if (book.add(m.longValue(0))) {
                    round.report(book.sum);
                }
            });
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts[i] = account(node().port());
            }
        }

        private PortId account(Port port) {
            Money money = new Money();
            port.on("transfer", m -> {
                money.balance -= m.intValue(0);
                port.send(m.port(1), "credit", m.intValue(0), port.id());
            });
            port.on("credit", m -> {
                money.balance += m.intValue(0);
                port.send(m.port(1), "credited");
            });
            port.on("credited", m -> port.send(teller, "moved"));
            port.on("tell", m -> port.send(teller, "balance", money.balance));
            return port.id();
        }

        @Override
        public void run(int transactions) throws InterruptedException {
            round.begin(1);
            book.open(transactions);
            node().send(teller, "open", transactions);
            round.await((long) ACCOUNTS * INITIAL);
        }
    }

    sealed interface ToTeller {}

    private record Open(int transactions) implements ToTeller {}

    private record Moved() implements ToTeller {}

    private record Balance(long amount) implements ToTeller {}

    private sealed interface ToAccount {}

    private record Transfer(int amount, ActorRef<ToAccount> to) implements ToAccount {}

    private record Credit(int amount, ActorRef<ToAccount> from) implements ToAccount {}

    private record Credited() implements ToAccount {}

    private record Tell() implements ToAccount {}

    /** Actors; the guardian is the teller. */
    @State(Scope.Benchmark)
    public static class Pekko extends PekkoSide<ToTeller> {
        private final Book book = new Book();

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private final ActorRef<ToAccount>[] accounts = new ActorRef[ACCOUNTS];

        @Override
        Behavior<ToTeller> guardian(ActorContext<ToTeller> context) {
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts[i] = context.spawn(account(context.getSelf()), "account-" + i);
            }
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Open open -> {
                        for (int i = 0; i < open.transactions(); i++) {
                            ActorRef<ToAccount> source = accounts[book.next(ACCOUNTS)];
                            source.tell(new Transfer(1 + book.next(100), accounts[book.next(ACCOUNTS)]));
                        }
                    }
                    case Moved moved -> {
                        if (book.moved()) {
                            for (ActorRef<ToAccount> account : accounts) {
                                account.tell(new Tell());
                            }
                        }
                    }
                    case Balance balance -> {
                        if (book.add(balance.amount())) {
                            round.report(book.sum);
                        }
                    }
                }
                return Behaviors.same();
            });
        }

        private static Behavior<ToAccount> account(ActorRef<ToTeller> teller) {
            Money money = new Money();
            return Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Transfer transfer -> {
                        money.balance -= transfer.amount();
                        transfer.to().tell(new Credit(transfer.amount(), context.getSelf()));
                    }
                    case Credit credit -> {
                        money.balance += credit.amount();
                        credit.from().tell(new Credited());
                    }
                    case Credited credited -> teller.tell(new Moved());
                    case Tell tell -> teller.tell(new Balance(money.balance));
                }
                return Behaviors.same();
            }));
        }

        @Override
        public void run(int transactions) throws InterruptedException {
            round.begin(1);
            book.open(transactions);
            system().tell(new Open(transactions));
            round.await((long) ACCOUNTS * INITIAL);
        }
    }

    /** Measures ours. */
    @Benchmark
    @OperationsPerInvocation(TRANSACTIONS)
    public void ours(Ours side) throws Exception {
        side.run(TRANSACTIONS);
    }

    /** Measures Pekko. */
    @Benchmark
    @OperationsPerInvocation(TRANSACTIONS)
    public void pekko(Pekko side) throws Exception {
        side.run(TRANSACTIONS);
    }
}
