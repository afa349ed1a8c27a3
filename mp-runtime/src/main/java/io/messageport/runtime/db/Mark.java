package io.messageport.runtime.db;

import io.messageport.NodeId;

/**
 * How far somebody knows the changes of one owner.
 *
 * @param owner whose
 * @param life in which life of the owner
 * @param number up to which of its changes
 */
record Mark(NodeId owner, long life, long number) {
    static Mark of(Shard shard) {
        return new Mark(shard.owner(), shard.life(), shard.number());
    }
}
