/**
 * The distributed database: what each node has set, what it knows of the others, and who is told of changes.
 *
 * <p><b>Rule of this room:</b> {@link io.messageport.runtime.db.Replica} and all it is made of decide, and know neither
 * thread, lock nor clock; they belong to the thread that takes the node's {@link io.messageport.runtime.db.Turns}, one
 * event after the other. What users call and what the network tells goes there as an event. User code never runs there.
 *
 * <p>Each node numbers its own changes: its <em>shard</em>, of one <em>life</em> of the node, is all of its entries, and
 * the number up to which another has it says what that one lacks. Shards travel in <em>feeds</em>: whole ones from a node
 * to its master and from each global node to all others, single families from a master to those of its nodes that ask. The
 * messages, to the node port of a peer:
 *
 * <pre>
 *   dbb                                        I begin; what I said before does not hold
 *   dbh {owner life number}...                 I carry these shards, whole, up to there
 *   dbq {owner life number}...                 give me what follows, and all that comes later
 *   dbw family asked last {owner life number}...
 *                                              the same, of one family and of all its owners; in several parts
 *   dbu family                                 no more of this family
 *   dbd family owner life number asked flags from weight change...
 *                                              changes from there up to there; the family is empty for whole shards
 *   dbe family asked                           that was all there is at present
 *   dbx (family asked owner...)...             nothing of these owners any more
 *   dba weight                                 so much has arrived
 *   dbp (port...) value...                     give this message to these ports of yours
 *
 *   asked    a number that the one who asks has not used before: what was under way before that is told from the answer
 *   flags    1: what is not among the changes is not there any more   2: nothing is left to be sent at present
 *   change   (number version family key value), or (number 0 family key) when it was deleted
 * </pre>
 */
package io.messageport.runtime.db;
