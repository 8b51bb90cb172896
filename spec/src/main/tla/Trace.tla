-------------------------------- MODULE Trace --------------------------------
(***************************************************************************)
(* Whether transitions that servers recorded are steps of module Servers.  *)
(* TLC is given the lines one after the other by Line, which a Java class  *)
(* overrides. A line names the server, the input, the server's state       *)
(* before and after it, and the messages sent. Between two lines of a      *)
(* server nothing but time may have passed.                                *)
(* That a message was sent before it arrived is checked where the lines of *)
(* several servers are put in order (class CausalOrder).                   *)
(***************************************************************************)
EXTENDS Servers

VARIABLES
  at,     \* how many lines have been followed
  server, \* the state of each server after them; <<>> before its first
  disk,   \* what is on its disk: an epoch and a log
  shown   \* what the specification says of a line that can not be followed

(* Given by Java. *)
Line(n) == CHOOSE line : n = line
Explains(n) == n < 0

Init ==
  /\ at = 0
  /\ server = [i \in Servers |-> <<>>]
  /\ disk = [i \in Servers |-> [epoch |-> NoEpoch, log |-> <<>>]]
  /\ shown = <<>>

(* Time passes: a promise, a lease or the time since the master was heard comes to its end. *)
Passed(s) ==
  {[s EXCEPT !.bound = b, !.following.heard = h, !.tenure.lease = l] :
    b \in {s.bound, Free}, h \in {s.following.heard, FALSE},
    l \in {s.tenure.lease, IF Sure(s) /\ Quorum THEN "lapsed" ELSE s.tenure.lease}}

(* The timers that can run out. *)
Running(s) ==
  LET follows == s.role = "BACKUP" /\ Follows(s) IN
  (IF s.timer THEN {"election"} ELSE {})
  \cup (IF follows THEN {"inquiry"} ELSE {})
  \cup (IF follows /\ s.following.waiting THEN {"reply"} ELSE {})
  \cup (IF Claims(s) /\ s.candidacy.own = 0 THEN {"claim"} ELSE {})
  \cup (IF IsMaster(s) /\ ~Opened(s) THEN {"catch-up"} ELSE {})
  \cup (IF IsMaster(s) /\ HandsOver(s) THEN {"hand-over"} ELSE {})

Given(line, due, silent, chosen) ==
  [self |-> line.server, s |-> line.before, out |-> {}, due |-> due, silent |-> silent,
   chosen |-> chosen, connected |-> line.connected]

(* What an input can do, whatever time decides. *)
Outcomes(line) ==
  LET plain == Given(line, {}, {}, {})
      choices == {Given(line, {}, {}, chosen) : chosen \in SUBSET {"fresh", "stuck", "unanswered"}}
      silences == IF IsMaster(line.before) /\ Sure(line.before) THEN SUBSET Others(line.server) ELSE {{}}
  IN  CASE line.input = "Received" ->
             {OnMessage(t, line.message.from, line.message.body) : t \in choices}
        [] line.input = "Tick" ->
             {Expire(Given(line, due, silent, {})) :
               due \in SUBSET Running(line.before), silent \in silences}
        [] line.input = "Connected" -> {OnConnected(plain, line.count)}
        [] line.input = "Disconnected" -> {OnDisconnected(plain)}
        [] line.input = "Refused" -> {OnRefused(plain, line.count)}
        [] line.input = "Diverged" -> {OnDiverged(plain, line.count)}
        [] line.input = "Resign" ->
             {IF line.count = 0 THEN plain ELSE OnResign(plain, line.count)}
        [] line.input = "Persisted" -> {OnPersisted(t, line.count) : t \in choices}
        [] line.input = "Admit" -> {OnAdmit(plain, line.count)}
        [] line.input = "Executed" -> {OnExecuted(plain, line.count)}
        [] line.input = "Queried" -> {OnQueried(plain, line.count)}
        [] line.input = "Rated" -> {OnRated(plain, line.count)}
        [] line.input = "Rerank" -> {OnRerank(plain)}
        [] line.input = "Registered" -> {OnRegistered(plain, line.epoch)}
        [] line.input = "Compacted" -> {OnCompacted(plain, line.count)}
        [] line.input \in {"Arriving", "Measured"} -> {plain}

CanFollow(line) ==
  /\ line.before \in Passed(server[line.server])
  /\ \E t \in Outcomes(line) : LET u == HandOver(t) IN u.s = line.after /\ u.out = line.out

(* A server starts with what is on its disk: any beginning of what it had written. Where the end
   of its recording was lost in a crash, it has what it says that it has. *)
Beginnings(line) ==
  LET s == server[line.server]
      found == {[epoch |-> line.after.highest, log |-> line.after.log]}
      kept == {WrittenAll(disk[line.server], SubSeq(s.writes, 1, k)) : k \in 0..Len(s.writes)}
  IN  {Started(line.server, d, line.after.inc) : d \in IF line.lost \/ s = <<>> THEN found ELSE kept}

Begins(line) == \E s \in Beginnings(line) : line.after \in Passed(s)

Disk(line) ==
  LET i == line.server
      s == server[i]
  IN  CASE line.input = "Begin" -> [epoch |-> line.after.highest, log |-> line.after.log]
        [] line.input = "Persisted" -> WrittenAll(disk[i], SubSeq(s.writes, 1, line.count))
        [] OTHER -> disk[i]

FollowLine ==
  LET line == Line(at + 1)
      begins == line.input = "Begin"
  IN  IF IF begins THEN Begins(line) ELSE server[line.server] # <<>> /\ CanFollow(line)
      THEN /\ at' = at + 1
           /\ server' = [server EXCEPT ![line.server] = line.after]
           /\ disk' = [disk EXCEPT ![line.server] = Disk(line)]
           /\ UNCHANGED shown
      ELSE FALSE

(* What could have come in the place of the line. *)
Show ==
  LET line == Line(at + 1)
      s == server[line.server]
  IN
  /\ shown' \in
       IF line.input = "Begin"
       THEN {[recorded |-> line.after, allowed |-> b, out |-> {}] : b \in Beginnings(line)}
       ELSE IF s = <<>> THEN {<<>>}
       ELSE IF line.before \notin Passed(s) THEN {[recorded |-> line.before, last |-> s]}
       ELSE {[recorded |-> line.after, allowed |-> u.s, out |-> u.out] :
               u \in {HandOver(t) : t \in Outcomes(line)}}
  /\ UNCHANGED <<at, server, disk>>

Next == IF Explains(at) THEN Show ELSE FollowLine
=============================================================================
