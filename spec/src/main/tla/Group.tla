-------------------------------- MODULE Group --------------------------------
(***************************************************************************)
(* A group of servers, their disks, and a network that loses, doubles,     *)
(* delays and reorders messages; servers crash, lose what is not on their  *)
(* disks, and start again. One action is one input of one server, or       *)
(* something that happens without one: time passes, a message is lost.     *)
(*                                                                         *)
(* The only thing that is assumed of time is what module Lease shows: a    *)
(* lease is valid only while a majority, the master included, is bound to  *)
(* it (Backed). So a promise on which a valid lease rests does not end     *)
(* first, and an echo is fresh only where a majority is bound. That no     *)
(* rule of the protocol breaks a promise is not assumed: it is checked     *)
(* (QuorumElection, SureIsBacked).                                         *)
(***************************************************************************)
EXTENDS Servers

CONSTANTS
  MostRounds,   \* the highest round of an epoch
  MostEntries,  \* the longest log
  MostMessages, \* the most messages under way
  Timers,       \* how many timers may run out
  Passes,       \* how many promises, leases and silences may come to their end
  Crashes,      \* how many crashes there may be
  Starts,       \* how many servers that are down may start
  Breaks,       \* how many connections may break by themselves
  Losses,       \* how many messages may be lost, beyond those of crashes and broken connections
  Doubles,      \* how many messages may arrive twice
  Resigns,      \* how many times a master may be told to hand over
  Rates,        \* how many times a server may be rated better
  Reads         \* how many reads a master evaluates in a tenure

VARIABLES
  server,    \* the state of each server; of one that is down, the one it will start with
  disk,      \* what is on the disk of each server: an epoch and a log; and, though on no disk,
             \* whom it had promised itself to when it last crashed
  connected, \* the servers to which each one has a connection
  net,       \* the messages under way
  left,      \* what may still happen of what does not follow from a message
  act        \* the last action with its parameters, not part of the view

vars == <<server, disk, connected, net, left>>

EmptyDisk == [epoch |-> NoEpoch, log |-> <<>>, promised |-> Free]

(* All have listened, found no master, and are free to grant. *)
Waiting(i, d) == [Started(i, d, 1) EXCEPT !.role = "WAITING", !.bound = Free]

From(disks, states) ==
  /\ disk = disks
  /\ server = states
  /\ connected = [i \in Servers |-> {j \in Others(i) : states[i].up /\ states[j].up}]
  /\ net = {}
  /\ left = [timers |-> Timers, passes |-> Passes, crashes |-> Crashes, starts |-> Starts,
             breaks |-> Breaks, losses |-> Losses, doubles |-> Doubles, resigns |-> Resigns,
             rates |-> Rates]
  /\ act = <<"Init">>

NoLogs == [i \in Servers |-> EmptyDisk]

(* Three masters have failed, each before anybody else had its first entry. *)
DifferentLogs == [i \in Servers |-> [epoch |-> <<N, N>>, log |-> <<<<i, i>>>>, promised |-> Free]]

(* The last server was master and has failed; the second has its entry, so it is committed. *)
FirstLacksLog ==
  [i \in Servers |->
    [epoch |-> <<1, N>>, log |-> IF i = 1 THEN <<>> ELSE <<<<1, N>>>>, promised |-> Free]]

AllWaiting(disks) == [i \in Servers |-> Waiting(i, disks[i])]
LastDown(disks) == [AllWaiting(disks) EXCEPT ![N] = [Started(N, disks[N], 1) EXCEPT !.up = FALSE]]

(* All start at once, connected to each other, and what they asked is lost. *)
Init == From(NoLogs, [i \in Servers |-> Started(i, EmptyDisk, 1)])
AllWait == From(NoLogs, AllWaiting(NoLogs))
LastIsDown == From(NoLogs, LastDown(NoLogs))
LogsDiffer == From(DifferentLogs, AllWaiting(DifferentLogs))
LogsDifferLastIsDown == From(DifferentLogs, LastDown(DifferentLogs))

-----------------------------------------------------------------------------
(* What is assumed of time *)

(* A server that is silent after a crash is bound to whom it had promised itself to before. *)
Bound(srv, j) == IF srv[j].bound = Nobody THEN disk[j].promised ELSE srv[j].bound

Backed(srv, i) == Cardinality({j \in Servers : j = i \/ Bound(srv, j) = i}) >= Needed

SureIsBacked == Quorum => \A i \in Servers : Sure(server[i]) => Backed(server, i)

MayBeFresh(i) == IF Quorum /\ Backed(server, i) THEN {{}, {"fresh"}} ELSE {{}}

-----------------------------------------------------------------------------
(* A step of one server *)

Given(i, due, chosen) ==
  [self |-> i, s |-> server[i], out |-> {}, due |-> due, silent |-> {}, chosen |-> chosen,
   connected |-> connected[i]]

(* The step's outcome: the new state, and its messages added to those under way. *)
Outcome(i, t, rest) ==
  LET u == HandOver(t) IN
  /\ server' = [server EXCEPT ![i] = u.s]
  /\ net' = rest \cup u.out

Step(i, t) == Outcome(i, t, net) /\ UNCHANGED <<disk, connected>>

Up(i) == server[i].up

Spend(what) == left[what] > 0 /\ left' = [left EXCEPT ![what] = @ - 1]

(* What time can decide when a message arrives. *)
Choices(i, m) ==
  LET s == server[i]
      ofMaster == IsMaster(s) /\ m.body.epoch = s.known
      pr == s.progress[m.from]
      renews == Quorum /\ ~Sure(s)
  IN  CASE m.body.type = "Inquiry" /\ ofMaster ->
             {a \cup b : a \in (IF renews /\ m.body.echo THEN MayBeFresh(i) ELSE {{}}),
                         b \in (IF Opened(s) /\ Outstanding(pr) THEN {{}, {"stuck"}} ELSE {{}})}
        [] m.body.type = "Grant" /\ ofMaster -> IF renews THEN MayBeFresh(i) ELSE {{}}
        [] m.body.type = "Reply" /\ s.following.waiting -> {{}, {"unanswered"}}
        [] OTHER -> {{}}

Receive(m, chosen) ==
  /\ Up(m.to)
  /\ Outcome(m.to, OnMessage(Given(m.to, {}, chosen), m.from, m.body), net \ {m})
  /\ act' = <<"Receive", m, chosen>>
  /\ UNCHANGED <<disk, connected, left>>

(* A message that arrives and will arrive again. *)
ReceiveTwice(m, chosen) ==
  /\ Up(m.to) /\ Spend("doubles")
  /\ Outcome(m.to, OnMessage(Given(m.to, {}, chosen), m.from, m.body), net)
  /\ act' = <<"ReceiveTwice", m, chosen>>
  /\ UNCHANGED <<disk, connected>>

(* Whom a message would reach is down, or it is lost on the way. *)
Lose(m) ==
  /\ IF Up(m.to) THEN Spend("losses") ELSE UNCHANGED left
  /\ net' = net \ {m}
  /\ act' = <<"Lose", m>>
  /\ UNCHANGED <<server, disk, connected>>

WaitsForPromise(s) ==
  IF Claims(s)
  THEN HasEnough(s) \/ (s.candidacy.early /\ s.candidacy.own = 0)
       \/ (s.kept # NoClaim /\ Above(s.kept.epoch, s.candidacy.epoch))
  ELSE s.kept # NoClaim

Due(i) ==
  LET s == server[i]
      follows == s.role = "BACKUP" /\ Follows(s)
  IN  (IF s.timer THEN {"election"} ELSE {})
      \cup (IF follows THEN {"inquiry"} ELSE {})
      \cup (IF follows /\ s.following.waiting THEN {"reply"} ELSE {})
      \cup (IF Claims(s) /\ s.candidacy.own = 0 THEN {"claim"} ELSE {})
      \cup (IF s.bound = Free /\ WaitsForPromise(s) THEN {"promise"} ELSE {})
      \cup (IF Replicates /\ IsMaster(s) /\ ~Opened(s) THEN {"catch-up"} ELSE {})
      \cup (IF IsMaster(s) /\ HandsOver(s) THEN {"hand-over"} ELSE {})

Timer(i, what) ==
  /\ Up(i) /\ Spend("timers")
  /\ Step(i, Expire(Given(i, {what}, {})))
  /\ act' = <<"Timer", i, what>>

(* R8: a back-up that has been silent is told who is master. *)
Announce(i, p) ==
  /\ Up(i) /\ IsMaster(server[i]) /\ Sure(server[i]) /\ Spend("timers")
  /\ p \in connected[i] \/ server[i].progress[p].counted
  /\ Step(i, Expire([Given(i, {}, {}) EXCEPT !.silent = {p}]))
  /\ act' = <<"Announce", i, p>>

(* Time passes: a promise ends, unless a valid lease rests on it. *)
PromiseEnds(i) ==
  LET after == [server EXCEPT ![i].bound = Free] IN
  /\ Up(i) /\ server[i].bound # Free /\ Spend("passes")
  /\ \A m \in Servers : Sure(server[m]) => Backed(after, m)
  /\ server' = after
  /\ act' = <<"PromiseEnds", i>>
  /\ UNCHANGED <<disk, connected, net>>

(* Time passes: the master has not been heard for P + T. *)
Silence(i) ==
  /\ Up(i) /\ server[i].role = "BACKUP" /\ server[i].following.heard /\ Spend("passes")
  /\ server' = [server EXCEPT ![i].following.heard = FALSE]
  /\ act' = <<"Silence", i>>
  /\ UNCHANGED <<disk, connected, net>>

(* The first thing of a step after the lease's end (R7). *)
LeaseLapses(i) ==
  /\ Up(i) /\ Quorum /\ Sure(server[i]) /\ Spend("passes")
  /\ server' = [server EXCEPT ![i].tenure.lease = "lapsed"]
  /\ act' = <<"LeaseLapses", i>>
  /\ UNCHANGED <<disk, connected, net>>

Persist(i, k, chosen) ==
  LET s == server[i] IN
  /\ Up(i) /\ k <= Len(s.writes)
  /\ chosen \in IF s.candidacy.own \in 1..k THEN MayBeFresh(i) ELSE {{}}
  /\ Outcome(i, OnPersisted(Given(i, {}, chosen), k), net)
  /\ disk' = [disk EXCEPT ![i] = WrittenAll(@, SubSeq(s.writes, 1, k))]
  /\ act' = <<"Persist", i, k, chosen>>
  /\ UNCHANGED <<connected, left>>

(* Of what was not acknowledged as stable, any beginning may be on the disk. *)
Crash(i, k) ==
  LET s == server[i]
      written == WrittenAll(disk[i], SubSeq(s.writes, 1, k))
      kept == IF "stable grant" \in Removed THEN [written EXCEPT !.epoch = NoEpoch] ELSE written
      fresh == IF "silence" \in Removed THEN Free ELSE Started(i, kept, 0).bound
  IN
  /\ Up(i) /\ Spend("crashes") /\ k <= Len(s.writes)
  /\ disk' = [disk EXCEPT ![i] = [kept EXCEPT !.promised = Bound(server, i)]]
  /\ server' = [server EXCEPT ![i] =
       [Started(i, kept, s.inc + 1) EXCEPT !.up = FALSE, !.bound = fresh]]
  /\ connected' = [connected EXCEPT ![i] = {}]
  /\ act' = <<"Crash", i, k>>
  /\ UNCHANGED net

Start(i) ==
  /\ ~Up(i) /\ Spend("starts")
  /\ server' = [server EXCEPT ![i].up = TRUE]
  /\ act' = <<"Start", i>>
  /\ UNCHANGED <<disk, connected, net>>

Connect(i, p) ==
  LET given == [Given(i, {}, {}) EXCEPT !.connected = @ \cup {p}] IN
  /\ Up(i) /\ Up(p) /\ p \notin connected[i]
  /\ Outcome(i, OnConnected(given, p), net)
  /\ connected' = [connected EXCEPT ![i] = @ \cup {p}]
  /\ act' = <<"Connect", i, p>>
  /\ UNCHANGED <<disk, left>>

(* A connection is lost: by itself, or because the other server is down, whose host may refuse
   the next one (R1). *)
Cuts(i, p, t, name) ==
  /\ Up(i) /\ p \in connected[i]
  /\ Outcome(i, t, net)
  /\ connected' = [connected EXCEPT ![i] = @ \ {p}]
  /\ act' = <<name, i, p>>
  /\ UNCHANGED disk

Without(i, p) == [Given(i, {}, {}) EXCEPT !.connected = @ \ {p}]

Disconnect(i, p) ==
  /\ Cuts(i, p, OnDisconnected(Without(i, p)), "Disconnect")
  /\ IF Up(p) THEN Spend("breaks") ELSE UNCHANGED left

Refuse(i, p) ==
  /\ ~Up(p)
  /\ Cuts(i, p, OnRefused(Without(i, p), p), "Refuse")
  /\ UNCHANGED left

Admit(i) ==
  /\ Up(i) /\ IsMaster(server[i]) /\ Opened(server[i]) /\ ~HandsOver(server[i])
  /\ Step(i, OnAdmit(Given(i, {}, {}), 1)) /\ UNCHANGED left
  /\ act' = <<"Admit", i>>

(* R10: whoever runs the group has the master hand over. *)
Resign(i, target) ==
  /\ Up(i) /\ IsMaster(server[i]) /\ (Opened(server[i]) \/ ~Replicates)
  /\ target \in connected[i] /\ Spend("resigns")
  /\ Step(i, OnResign(Given(i, {}, {}), target))
  /\ act' = <<"Resign", i, target>>

(* Claims 20, 21: a server is rated better than before. *)
Rate(i) ==
  /\ Up(i) /\ Spend("rates")
  /\ Step(i, OnRated(Given(i, {}, {}), server[i].ratings[i] + 1))
  /\ act' = <<"Rate", i>>

(* Whoever runs the group has the master begin a tenure with another ranking. *)
Rerank(i) ==
  /\ Up(i) /\ RanksOtherwise(server[i])
  /\ Step(i, OnRerank(Given(i, {}, {}))) /\ UNCHANGED left
  /\ act' = <<"Rerank", i>>

Execute(i) ==
  /\ Up(i) /\ server[i].executed < server[i].committed
  /\ Step(i, OnExecuted(Given(i, {}, {}), server[i].committed)) /\ UNCHANGED left
  /\ act' = <<"Execute", i>>

Read(i) ==
  LET s == server[i] IN
  /\ Up(i) /\ s.tenure.lease \in {"sure", "lapsed"} /\ Opened(s) /\ s.executed >= s.tenure.first
  /\ s.tenure.queried < Reads
  /\ Step(i, OnQueried(Given(i, {}, {}), s.tenure.queried + 1)) /\ UNCHANGED left
  /\ act' = <<"Read", i>>

Next ==
  \/ \E m \in net : \E chosen \in Choices(m.to, m) : Receive(m, chosen) \/ ReceiveTwice(m, chosen)
  \/ \E m \in net : Lose(m)
  \/ \E i \in Servers :
       \/ \E what \in Due(i) : Timer(i, what)
       \/ PromiseEnds(i) \/ Silence(i) \/ LeaseLapses(i)
       \/ \E k \in 1..Len(server[i].writes) : \E chosen \in {{}, {"fresh"}} : Persist(i, k, chosen)
       \/ \E k \in 0..Len(server[i].writes) : Crash(i, k)
       \/ Start(i)
       \/ \E p \in Others(i) :
            Announce(i, p) \/ Connect(i, p) \/ Disconnect(i, p) \/ Refuse(i, p) \/ Resign(i, p)
       \/ Admit(i) \/ Execute(i) \/ Read(i) \/ Rate(i) \/ Rerank(i)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* The bounds of a check *)

Within ==
  /\ Cardinality(net) <= MostMessages
  /\ \A i \in Servers : server[i].seen[1] <= MostRounds /\ Len(server[i].log) <= MostEntries
  /\ \A i \in Servers : server[i].candidacy.epoch[1] <= MostRounds

View == vars
=============================================================================
