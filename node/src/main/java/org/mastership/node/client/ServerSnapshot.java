package org.mastership.node.client;

import org.mastership.node.wire.ServerMessage;

/**
 * The newest snapshot of a server.
 *
 * @param sequence of the last entry of the log that it stands for; 0 if there is none, because
 *     nothing was executed yet
 * @param bytes the length of its file
 */
public record ServerSnapshot(long sequence, long bytes) {
  static ServerSnapshot of(ServerMessage message) {
    return new ServerSnapshot(
        message.getSnapshotTaken().getSequence(), message.getSnapshotTaken().getBytes());
  }
}
