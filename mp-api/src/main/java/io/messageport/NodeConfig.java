package io.messageport;

import io.messageport.discovery.SeedSource;
import io.messageport.face.Faces;
import io.messageport.face.ValueCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Everything a node is configured with; immutable. Times are positive durations, sizes are in bytes ({@code CFG-5}).
 *
 * @param nodeId pattern of the node ID: {@code %n} is the host name, {@code %u} random text, a trailing {@code /} gets
 *     random text appended ({@code CFG-3})
 * @param secret shared by all nodes of a network; empty when none was given, and then the node talks to nobody
 * @param tls how connections are protected
 * @param binds addresses to listen on, {@code host:port}; {@code *} is every address, a missing port or 0 is a free one
 *     ({@code CFG-4})
 * @param advertised addresses to tell others in the place of the bound ones, {@code host:port}; without any, those
 * @param seeds addresses of nodes to stay connected to, {@code host:port} ({@code SEED-1})
 * @param seedSources where further seeds are learned from, in the course of time
 * @param global whether the node is global from the beginning, not only once it is a seed of another ({@code DB-1})
 * @param idleLimit how long a connection that nobody needs may be without a message before both ends give it up; zero for
 *     as long as it lasts ({@code SEED-2})
 * @param monitorTimeout how long connecting to a node may take before its monitors fire
 * @param connectInterval pause between two addresses of one node while connecting ({@code CON-2})
 * @param acceptRate connections that one address may open per second, over ten seconds; more are closed at once
 * @param handshakeTimeout deadline of a handshake, from accept or connect to the end ({@code CON-1})
 * @param heartbeatInterval an idle connection carries a sign of life this often ({@code CON-4})
 * @param silenceLimit a connection silent for this long is dead, which is found out half a second sooner at most ({@code
 *     CON-4})
 * @param readers the threads that read from peers, one for each connection; virtual ones also run handlers in between, so
 *     that what these leave in thread locals lives as long as the connection
 * @param resumeWindow how long a broken connection may take to go on over another socket, losing nothing, before it is
 *     lost; zero for not at all ({@code CON-5})
 * @param callTimeout how long a call waits for its reply when it does not say otherwise
 * @param messageLimit greatest encoded message in bytes; a larger one is refused at its sender ({@code SND-1})
 * @param outboundLimit bytes that may wait for one peer before senders park ({@code BND-2})
 * @param mailboxCapacity messages that may wait in one port ({@code BND-1})
 * @param overflow what happens to a message that finds a mailbox full ({@code BND-1})
 * @param spawnable init functions other nodes may run, by name, beside the annotated ones ({@code SPN-4})
 * @param spawnFilter which peer may spawn which name; asked after the grant, can only narrow it
 * @param faces the typed face of messages on this node: that of all nodes, or with codecs of its own
 * @param extensions parts that replace the built-in ones, by their type
 */
public record NodeConfig(
        String nodeId,
        Optional<String> secret,
        Tls tls,
        List<String> binds,
        List<String> advertised,
        List<String> seeds,
        List<SeedSource> seedSources,
        boolean global,
        Duration idleLimit,
        Duration monitorTimeout,
        Duration connectInterval,
        int acceptRate,
        Duration handshakeTimeout,
        Duration heartbeatInterval,
        Duration silenceLimit,
        ThreadKind readers,
        Duration resumeWindow,
        Duration callTimeout,
        int messageLimit,
        int outboundLimit,
        int mailboxCapacity,
        Overflow overflow,
        Map<String, SpawnInit> spawnable,
        BiPredicate<NodeId, String> spawnFilter,
        Faces faces,
        Map<Class<?>, Object> extensions) {

    /** The environment variable that gives the secret when the program does not. */
    public static final String SECRET_VARIABLE = "MESSAGEPORT_SECRET";

    /** Checks what can be checked without looking at the machine. */
    public NodeConfig {
        Objects.requireNonNull(nodeId, "nodeId");
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(overflow, "overflow");
        Objects.requireNonNull(spawnFilter, "spawnFilter");
        Objects.requireNonNull(faces, "faces");
        binds = List.copyOf(binds);
        advertised = List.copyOf(advertised);
        seeds = List.copyOf(seeds);
        seedSources = List.copyOf(seedSources);
        spawnable = Map.copyOf(spawnable);
        extensions = Map.copyOf(extensions);
        ConfigRules.positive("monitorTimeout", monitorTimeout);
        ConfigRules.positive("connectInterval", connectInterval);
        ConfigRules.positive("handshakeTimeout", handshakeTimeout);
        ConfigRules.positive("heartbeatInterval", heartbeatInterval);
        ConfigRules.positive("silenceLimit", silenceLimit);
        ConfigRules.positive("callTimeout", callTimeout);
        ConfigRules.notNegative("resumeWindow", resumeWindow);
        ConfigRules.idle(idleLimit);
        ConfigRules.advertises(advertised, binds);
        ConfigRules.atLeast("acceptRate", acceptRate, 1);
        ConfigRules.atLeast("messageLimit", messageLimit, 1024);
        ConfigRules.atLeast("outboundLimit", outboundLimit, 1024);
        ConfigRules.atLeast("mailboxCapacity", mailboxCapacity, 1);
        ConfigRules.signsOfLife(heartbeatInterval, silenceLimit);
        ConfigRules.secret(secret);
        ConfigRules.spawnNames(spawnable.keySet());
    }

    /** All values but the secret, which must not get into a log. */
    @Override
    public String toString() {
        return "NodeConfig[nodeId=" + nodeId + ", secret=" + (secret.isPresent() ? "given" : "none") + ", tls=" + tls
                + ", binds="
                + binds
                + ", advertised=" + advertised + ", seeds=" + seeds + ", seedSources=" + seedSources + ", global="
                + global
                + ", idleLimit=" + idleLimit + ", monitorTimeout=" + monitorTimeout + ", connectInterval="
                + connectInterval
                + ", acceptRate=" + acceptRate + ", handshakeTimeout=" + handshakeTimeout + ", heartbeatInterval="
                + heartbeatInterval + ", silenceLimit=" + silenceLimit + ", readers=" + readers + ", resumeWindow="
                + resumeWindow + ", callTimeout=" + callTimeout + ", messageLimit=" + messageLimit
                + ", outboundLimit=" + outboundLimit + ", mailboxCapacity=" + mailboxCapacity + ", overflow=" + overflow
                + ", spawnable="
                + spawnable.keySet() + ", faces=" + faces + ", extensions=" + extensions.keySet() + "]";
    }

    /** The part given for this type, if any. */
    public <T> Optional<T> extension(Class<T> type) {
        return Optional.ofNullable(extensions.get(type)).map(type::cast);
    }

    /** A builder with the defaults of {@code CFG-5}. */
    public static Builder builder() {
        return new Builder();
    }

    /** An init function that other nodes may run by name ({@code SPN-2}). */
    @FunctionalInterface
    public interface SpawnInit {
        /**
         * Sets the new port up, in its context.
         *
         * @param self the new port
         * @param args what the spawning node passed
         */
        void init(Port self, Message args) throws Exception;
    }

    /** Collects a configuration; not for use by several threads. */
    public static final class Builder extends Joining {
        private String nodeId = "%n/%u";
        private Optional<String> secret = Optional.ofNullable(System.getenv(SECRET_VARIABLE)).filter(s -> !s.isEmpty());
        private Tls tls = Tls.automatic();
        private Duration monitorTimeout = Duration.ofSeconds(30);
        private Duration connectInterval = Duration.ofSeconds(2);
        private int acceptRate = 100;
        private Duration handshakeTimeout = Duration.ofSeconds(10);
        private Duration heartbeatInterval = Duration.ofSeconds(3);
        private Duration silenceLimit = Duration.ofSeconds(10);
        private ThreadKind readers = ThreadKind.PLATFORM;
        private Duration resumeWindow = Duration.ofSeconds(5);
        private Duration callTimeout = Duration.ofSeconds(30);
        private int messageLimit = 64 << 20;
        private int outboundLimit = 8 << 20;
        private int mailboxCapacity = 1 << 20;
        private Overflow overflow = Overflow.KILL;
        private final Map<String, SpawnInit> spawnable = new HashMap<>();
        private BiPredicate<NodeId, String> spawnFilter = (peer, name) -> true;
        private final List<ValueCodec<?>> codecs = new ArrayList<>();
        private final Map<Class<?>, Object> extensions = new HashMap<>();

        private Builder() {}

        @Override
        Builder builder() {
            return this;
        }

        /** Sets {@link NodeConfig#nodeId}; default {@code %n/%u}. */
        public Builder nodeId(String pattern) {
            nodeId = Objects.requireNonNull(pattern, "nodeId");
            return this;
        }

        /** Sets {@link NodeConfig#secret}; default is the variable {@value #SECRET_VARIABLE} of the environment. */
        public Builder secret(String text) {
            secret = Optional.of(text);
            return this;
        }

        /** Sets {@link NodeConfig#tls}; default {@link Tls#automatic}. */
        public Builder tls(Tls how) {
            tls = Objects.requireNonNull(how, "tls");
            return this;
        }

        /** Sets {@link NodeConfig#monitorTimeout}; default 30 s. */
        public Builder monitorTimeout(Duration time) {
            monitorTimeout = time;
            return this;
        }

        /** Sets {@link NodeConfig#connectInterval}; default 2 s. */
        public Builder connectInterval(Duration time) {
            connectInterval = time;
            return this;
        }

        /** Sets {@link NodeConfig#acceptRate}; default 100, so that a thousand may come at once. */
        public Builder acceptRate(int perSecond) {
            acceptRate = perSecond;
            return this;
        }

        /** Sets {@link NodeConfig#handshakeTimeout}; default 10 s. */
        public Builder handshakeTimeout(Duration time) {
            handshakeTimeout = time;
            return this;
        }

        /** Sets {@link NodeConfig#heartbeatInterval}; default 3 s. */
        public Builder heartbeatInterval(Duration time) {
            heartbeatInterval = time;
            return this;
        }

        /** Sets {@link NodeConfig#silenceLimit}; default 10 s. */
        public Builder silenceLimit(Duration time) {
            silenceLimit = time;
            return this;
        }

        /** Sets {@link NodeConfig#resumeWindow}; default 5 s. */
        public Builder resumeWindow(Duration time) {
            resumeWindow = Objects.requireNonNull(time, "resumeWindow");
            return this;
        }

        /** Sets {@link NodeConfig#callTimeout}; default 30 s. */
        public Builder callTimeout(Duration time) {
            callTimeout = time;
            return this;
        }

        /**
         * Sets {@link NodeConfig#readers}; default {@link ThreadKind#PLATFORM}, which are faster with large messages. Take
         * virtual ones for a node with thousands of peers.
         */
        public Builder readers(ThreadKind kind) {
            readers = Objects.requireNonNull(kind, "readers");
            return this;
        }

        /** Sets {@link NodeConfig#messageLimit}; default 64 MiB. */
        public Builder messageLimit(int bytes) {
            messageLimit = bytes;
            return this;
        }

        /** Sets {@link NodeConfig#outboundLimit}; default 8 MiB. */
        public Builder outboundLimit(int bytes) {
            outboundLimit = bytes;
            return this;
        }

        /** Sets {@link NodeConfig#mailboxCapacity}; default 2^20 messages. */
        public Builder mailboxCapacity(int messages) {
            mailboxCapacity = messages;
            return this;
        }

        /** Sets {@link NodeConfig#overflow}; default {@link Overflow#KILL}. */
        public Builder overflow(Overflow policy) {
            overflow = policy;
            return this;
        }

        /** Lets other nodes run {@code init} under {@code name}, which must contain a dot. */
        public Builder spawnable(String name, SpawnInit init) {
            spawnable.put(name, init);
            return this;
        }

        /** Sets {@link NodeConfig#spawnFilter}; default lets every authenticated peer use every granted name. */
        public Builder spawnFilter(BiPredicate<NodeId, String> mayPeerSpawnName) {
            spawnFilter = mayPeerSpawnName;
            return this;
        }

        /**
         * Adds a codec for this node alone: it goes before one that {@code ServiceLoader} finds for the same type, and
         * applies to all that the node's ports convert, and to all the node sends to others.
         */
        public Builder codec(ValueCodec<?> codec) {
            codecs.add(Objects.requireNonNull(codec, "codec"));
            return this;
        }

        /** Sets what the node's share in the database does; {@link DatabaseOptions#DEFAULTS} otherwise. */
        public Builder database(DatabaseOptions options) {
            return extension(DatabaseOptions.class, options);
        }

        /** Replaces a built-in part, such as the clock, by another of the same type. */
        public <T> Builder extension(Class<T> type, T part) {
            extensions.put(type, part);
            return this;
        }

        /**
         * The configuration.
         *
         * @throws IllegalArgumentException when a value is out of its range; the text names it
         */
        public NodeConfig build() {
            return new NodeConfig(nodeId, secret, tls, binds, advertised, seeds, seedSources, global, idleLimit,
                    monitorTimeout,
                    connectInterval, acceptRate,
                    handshakeTimeout, heartbeatInterval, silenceLimit, readers, resumeWindow, callTimeout, messageLimit,
                    outboundLimit, mailboxCapacity, overflow,
                    spawnable,
                    spawnFilter, Faces.with(codecs), extensions);
        }
    }
}
