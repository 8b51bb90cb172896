package org.mastership.spec.conformance;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Candidacy;
import org.mastership.core.Following;
import org.mastership.core.KeptClaim;
import org.mastership.core.Peer;
import org.mastership.core.Promise;
import org.mastership.core.State;
import org.mastership.core.Storage;
import org.mastership.core.Tenure;

/** A state with some of its parts replaced. */
final class Edit {
  private final State before;
  private Promise promise;
  private long electionNanos;
  private @Nullable Following following;
  private @Nullable Candidacy candidacy;
  private @Nullable KeptClaim kept;
  private @Nullable Tenure tenure;
  private List<Peer> peers;
  private Storage storage;

  Edit(State state) {
    before = state;
    promise = state.promise();
    electionNanos = state.electionNanos();
    following = state.following();
    candidacy = state.candidacy();
    kept = state.kept();
    tenure = state.tenure();
    peers = state.peers();
    storage = state.storage();
  }

  Edit promise(Promise other) {
    promise = other;
    return this;
  }

  Edit election(long nanos) {
    electionNanos = nanos;
    return this;
  }

  Edit following(@Nullable Following other) {
    following = other;
    return this;
  }

  Edit candidacy(@Nullable Candidacy other) {
    candidacy = other;
    return this;
  }

  Edit kept(@Nullable KeptClaim other) {
    kept = other;
    return this;
  }

  Edit tenure(@Nullable Tenure other) {
    tenure = other;
    return this;
  }

  Edit peers(List<Peer> other) {
    peers = other;
    return this;
  }

  Edit storage(Storage other) {
    storage = other;
    return this;
  }

  State state() {
    return new State(
        before.role(),
        before.mastership(),
        before.highest(),
        before.seen(),
        promise,
        electionNanos,
        following,
        candidacy,
        kept,
        tenure,
        peers,
        before.log(),
        before.floor(),
        before.committed(),
        before.executed(),
        0,
        0,
        storage,
        before.delays(),
        before.ratings(),
        before.incarnation());
  }
}
