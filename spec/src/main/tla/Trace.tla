-------------------------------- MODULE Trace --------------------------------
(***************************************************************************)
(* Whether transitions that servers recorded are steps of module Servers.  *)
(* TLC is given the lines one after the other by Line, which a Java class  *)
(* overrides; each names the state before and after, the input, and the    *)
(* messages sent. Between two lines of a server only time may have passed. *)
(* That a message was sent before it arrived is checked where the lines of *)
(* several servers are put in order.                                       *)
(***************************************************************************)
EXTENDS Servers

VARIABLES
  at,     \* how many lines have been followed
  server, \* the state of each server after them; <<>> before its first
  shown   \* what the specification allows where a line can not be followed

(* Given by Java. *)
Line(n) == CHOOSE line : n = line
Explains(n) == n < 0

Init == at = 0 /\ server = [i \in Servers |-> <<>>] /\ shown = <<>>

(* Time passes: a promise, a lease or the time since the master was heard comes to its end. *)
Passed(s) ==
  {[s EXCEPT !.bound = b, !.following.heard = h, !.tenure.lease = l] :
    b \in {s.bound, Free}, h \in {s.following.heard, FALSE},
    l \in {s.tenure.lease, IF Sure(s) /\ Quorum THEN "lapsed" ELSE s.tenure.lease}}

Timers == {"election", "inquiry", "reply", "claim", "catch-up"}

(* What an input can do, whatever time decided. *)
Outcomes(line) ==
  LET given(due, silent, chosen) ==
        [self |-> line.server, s |-> line.before, out |-> {}, due |-> due, silent |-> silent,
         chosen |-> chosen, connected |-> line.connected]
      plain == given({}, {}, {})
      choices == {given({}, {}, chosen) : chosen \in SUBSET {"fresh", "stuck", "unanswered"}}
  IN  CASE line.input = "Received" ->
             {OnMessage(t, line.message.from, line.message.body) : t \in choices}
        [] line.input = "Tick" ->
             {Expire(given(due, silent, {})) :
               due \in SUBSET Timers, silent \in SUBSET Others(line.server)}
        [] line.input = "Connected" -> {OnConnected(plain, line.count)}
        [] line.input = "Disconnected" -> {OnDisconnected(plain)}
        [] line.input = "Refused" -> {OnRefused(plain, line.count)}
        [] line.input = "Diverged" -> {OnDiverged(plain, line.count)}
        [] line.input = "Persisted" -> {OnPersisted(t, line.count) : t \in choices}
        [] line.input = "Admit" -> {OnAdmit(plain, line.count)}
        [] line.input = "Executed" -> {OnExecuted(plain, line.count)}
        [] line.input = "Queried" -> {OnQueried(plain, line.count)}

Begin(line) == line.input = "Begin"

Follow(line) ==
  /\ line.before \in Passed(server[line.server])
  /\ \E t \in Outcomes(line) : t.s = line.after /\ t.out = line.out

FollowLine ==
  LET line == Line(at + 1) IN
  /\ Begin(line) \/ Follow(line)
  /\ server' = [server EXCEPT ![line.server] = line.after]
  /\ at' = at + 1
  /\ UNCHANGED shown

(* What could have come instead. *)
Show ==
  LET line == Line(at + 1) IN
  /\ shown' \in
       IF line.before \in Passed(server[line.server])
       THEN {[after |-> t.s, out |-> t.out] : t \in Outcomes(line)}
       ELSE {[before |-> server[line.server]]}
  /\ UNCHANGED <<at, server>>

Next == IF Explains(at) THEN Show ELSE FollowLine
=============================================================================
