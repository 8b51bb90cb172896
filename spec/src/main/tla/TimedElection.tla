---------------------------- MODULE TimedElection ----------------------------
(***************************************************************************)
(* The guarantee TIMED: R1 to R3, R5, R6, R8, R11 and R13 (claims 4, 5, 7  *)
(* to 13, 15 to 19, 22 to 25, 27) with discrete time. The index of a       *)
(* server is its number. All clocks have one rate; a tick is one unit.     *)
(*                                                                         *)
(* A message takes any time up to the longest delay of its pair, plus Late *)
(* where the assumption is to be broken; none is lost but by a partition.  *)
(* Detection (R1) is abstracted: a back-up finds a master that is down, or *)
(* beyond the partition, not functional at any time, but two back-ups find *)
(* it at most Skew apart. Of what happens at one instant, messages that    *)
(* can wait no longer arrive before the receiver's timer runs out.         *)
(* Declare, Revoke and Vouch are messages that name a mastership; what the *)
(* receiver does with one is the same for all three (R5, R6).              *)
(* Start and restart (R12) are left out. The bounds that were checked and  *)
(* the numbers of states are in RESULTS.md (models timed...).              *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, ElectionDelay

CONSTANTS
  N,          \* the number of servers
  Masters,    \* the servers that may be master at the beginning
  Plans,      \* the possible delays: of messages and, with each failed master, of the elections
  Skew,       \* two back-ups detect a failure at most this far apart
  Late,       \* how much longer than in its table a message may take
  Period,     \* P: a master repeats its declaration this often (R8)
  Crashes,    \* how many servers may crash; none comes back
  Apart,      \* whether a master crashes only when all follow it, with nothing of it under way
  Cuts,       \* how many times the network may be partitioned
  LookUps     \* how many times a master may find a higher epoch at the name server; 0 for none

VARIABLES
  role,   \* of each server: BACKUP, WAITING, MASTER or DOWN
  known,  \* the mastership that each server knows: its epoch <<round, master>>
  timer,  \* of a WAITING server until it declares, of a MASTER until it announces
  net,    \* the messages under way
  lag,    \* the time since the first back-up detected the failure, -1 before
  cut,    \* the servers on one side of a partition; {} while there is none
  since,  \* the servers that were master since the last crash or partition
  faults, \* the crashes, partitions and look-ups that may still come
  registered, \* the epoch at the name server, which everybody reaches also in a partition
  plan    \* delay[j][k]: of messages; wait[m][i]: of server i when m has failed; never changes

vars == <<role, known, timer, net, lag, cut, since, faults, registered, plan>>

Servers == 1..N
Off == -1
Above(a, b) == a[1] > b[1] \/ (a[1] = b[1] /\ a[2] < b[2])

(* The back-ups of a failed master in the order of their index. *)
BackupsOf(m) == [n \in 1..(N - 1) |-> IF n < m THEN n ELSE n + 1]
Place(i, m) == IF i < m THEN i ELSE i - 1
PlanOf(delay, D(_)) ==
  [delay |-> delay,
   wait |-> [m \in Servers |-> [i \in Servers \ {m} |-> D(BackupsOf(m))[Place(i, m)]]]]

Init ==
  /\ \E m \in Masters :
       /\ role = [i \in Servers |-> IF i = m THEN "MASTER" ELSE "BACKUP"]
       /\ known = [i \in Servers |-> <<1, m>>]
       /\ timer = [i \in Servers |-> IF i = m THEN Period ELSE Off]
       /\ since = {m}
  /\ net = {} /\ lag = -1 /\ cut = {}
  /\ faults = [crashes |-> Crashes, cuts |-> Cuts, looks |-> LookUps]
  /\ registered = <<0, 0>>
  /\ plan \in Plans

-----------------------------------------------------------------------------
Up(i) == role[i] # "DOWN"
Connected(i, j) == (i \in cut) = (j \in cut)
CanReach(i, j) == Up(j) /\ Connected(i, j)
MasterOf(i) == known[i][2]
Follows(j, i) == role[j] = "BACKUP" /\ known[j] = known[i]
Settled(i) == role[i] = "MASTER" /\ \A j \in Servers \ {i} : Up(j) => Follows(j, i)

(* The back-ups whose master does not answer and that have not noticed yet. *)
Unaware == {i \in Servers : role[i] = "BACKUP" /\ ~CanReach(i, MasterOf(i))}

Message(type, from, to, epoch) ==
  [type |-> type, from |-> from, to |-> to, epoch |-> epoch,
   left |-> plan.delay[from][to] + Late]
Inbox(i) == {msg \in net : msg.to = i}
ToAll(type, from, epoch) ==
  {Message(type, from, to, epoch) : to \in {j \in Servers \ {from} : CanReach(from, j)}}

(* R1, R2: the master is not functional. *)
Suspect(i) ==
  /\ i \in Unaware
  /\ role' = [role EXCEPT ![i] = "WAITING"]
  /\ timer' = [timer EXCEPT ![i] = plan.wait[MasterOf(i)][i]]
  /\ lag' = IF lag = -1 THEN 0 ELSE lag
  /\ UNCHANGED <<known, net, cut, since, faults, registered, plan>>

(* R1: whoever is asked as master and is none any more names the one that it knows. *)
Correct(i) ==
  LET m == MasterOf(i) IN
  /\ role[i] = "BACKUP" /\ CanReach(i, m) /\ known[m] # known[i]
  /\ \A msg \in Inbox(i) : msg.from # m
  /\ net' = net \cup {Message("Vouch", m, i, known[m])}
  /\ UNCHANGED <<role, known, timer, lag, cut, since, faults, registered, plan>>

IsDue(i) == timer[i] = 0 /\ \A msg \in Inbox(i) : msg.left > 0

BecomeMaster(i, round, sent) ==
  /\ role' = [role EXCEPT ![i] = "MASTER"]
  /\ known' = [known EXCEPT ![i] = <<round, i>>]
  /\ timer' = [timer EXCEPT ![i] = Period]
  /\ net' = sent
  /\ since' = since \cup {i}

(* R3: the election timer runs out. *)
Declare(i) ==
  /\ role[i] = "WAITING" /\ IsDue(i)
  /\ LET round == known[i][1] + 1
     IN  BecomeMaster(i, round, net \cup ToAll("Declare", i, <<round, i>>))
  /\ UNCHANGED <<lag, cut, faults, registered, plan>>

(* R8: a master tells those that do not inquire. *)
Announce(i) ==
  /\ role[i] = "MASTER" /\ IsDue(i)
  /\ timer' = [timer EXCEPT ![i] = Period]
  /\ net' = net \cup {msg \in ToAll("Declare", i, known[i]) : ~Follows(msg.to, i)}
  /\ UNCHANGED <<role, known, lag, cut, since, faults, registered, plan>>

-----------------------------------------------------------------------------
(* R5: what is stale is answered with the newer mastership; hearsay is not worth an answer. *)
Answer(i) == \E msg \in Inbox(i) :
  /\ Above(known[i], msg.epoch)
  /\ net' = (net \ {msg}) \cup
       IF msg.type # "Vouch" /\ CanReach(i, msg.from)
       THEN {Message("Vouch", i, msg.from, known[i])} ELSE {}
  /\ UNCHANGED <<role, known, timer, lag, cut, since, faults, registered, plan>>

(* R5, R6: of two masters the smaller index wins; it takes a round above both. *)
Revoke(i) == \E msg \in Inbox(i) :
  LET round == msg.epoch[1] + 1 IN
  /\ role[i] = "MASTER" /\ Above(msg.epoch, known[i]) /\ i < msg.epoch[2]
  /\ BecomeMaster(i, round, (net \ {msg}) \cup ToAll("Revoke", i, <<round, i>>))
  /\ UNCHANGED <<lag, cut, faults, registered, plan>>

(* R5, R6: the server becomes a back-up of the master that is named. *)
Acknowledge(i) == \E msg \in Inbox(i) :
  /\ msg.epoch[2] # i /\ ~Above(known[i], msg.epoch)
  /\ ~(role[i] = "MASTER" /\ i < msg.epoch[2])
  /\ role' = [role EXCEPT ![i] = "BACKUP"]
  /\ known' = [known EXCEPT ![i] = msg.epoch]
  /\ timer' = [timer EXCEPT ![i] = Off]
  /\ net' = net \ {msg}
  /\ UNCHANGED <<lag, cut, since, faults, registered, plan>>

(* What names the receiver itself says nothing new. *)
Ignore(i) == \E msg \in Inbox(i) :
  /\ ~Above(known[i], msg.epoch) /\ msg.epoch[2] = i
  /\ net' = net \ {msg}
  /\ UNCHANGED <<role, known, timer, lag, cut, since, faults, registered, plan>>

-----------------------------------------------------------------------------
(* R13 (claim 27): a master registers, at any time or never; only a higher epoch replaces. *)
Register(i) ==
  /\ faults.looks > 0 /\ role[i] = "MASTER" /\ Above(known[i], registered)
  /\ registered' = known[i]
  /\ UNCHANGED <<role, known, timer, net, lag, cut, since, faults, plan>>

(* R8, R13: what is registered is met as if its master had declared it here (R5, R6). *)
LookUp(i) ==
  LET round == registered[1] + 1 IN
  /\ faults.looks > 0 /\ role[i] = "MASTER" /\ Above(registered, known[i])
  /\ faults' = [faults EXCEPT !.looks = @ - 1]
  /\ IF i < registered[2]
     THEN BecomeMaster(i, round, net \cup ToAll("Revoke", i, <<round, i>>))
     ELSE /\ role' = [role EXCEPT ![i] = "BACKUP"]
          /\ known' = [known EXCEPT ![i] = registered]
          /\ timer' = [timer EXCEPT ![i] = Off]
          /\ UNCHANGED <<net, since>>
  /\ UNCHANGED <<lag, cut, registered, plan>>

-----------------------------------------------------------------------------
Crash(i) ==
  /\ Up(i) /\ faults.crashes > 0
  /\ Apart /\ role[i] = "MASTER" => Settled(i) /\ \A msg \in net : msg.from # i
  /\ faults' = [faults EXCEPT !.crashes = @ - 1]
  /\ role' = [role EXCEPT ![i] = "DOWN"]
  /\ timer' = [timer EXCEPT ![i] = Off]
  /\ net' = {msg \in net : msg.to # i}
  /\ since' = {j \in Servers \ {i} : role[j] = "MASTER"}
  /\ UNCHANGED <<known, lag, cut, registered, plan>>

Cut(side) ==
  /\ cut = {} /\ faults.cuts > 0
  /\ faults' = [faults EXCEPT !.cuts = @ - 1]
  /\ cut' = side
  /\ net' = {msg \in net : (msg.from \in side) = (msg.to \in side)}
  /\ since' = {j \in Servers : role[j] = "MASTER"}
  /\ UNCHANGED <<role, known, timer, lag, registered, plan>>

Heal ==
  /\ cut # {} /\ cut' = {}
  /\ UNCHANGED <<role, known, timer, net, lag, since, faults, registered, plan>>

(* Time passes as long as nothing has to happen at this instant. *)
Tick ==
  /\ \A i \in Servers : timer[i] # 0
  /\ \A msg \in net : msg.left > 0
  /\ Unaware # {} => lag < Skew
  /\ lag' = IF Unaware = {} THEN -1 ELSE IF lag = -1 THEN -1 ELSE lag + 1
  /\ timer' = [i \in Servers |-> IF timer[i] = Off THEN Off ELSE timer[i] - 1]
  /\ net' = {[msg EXCEPT !.left = @ - 1] : msg \in net}
  /\ UNCHANGED <<role, known, cut, since, faults, registered, plan>>

Receive(i) == Answer(i) \/ Revoke(i) \/ Acknowledge(i) \/ Ignore(i)

Do ==
  \/ \E i \in Servers : Suspect(i) \/ Correct(i) \/ Declare(i) \/ Announce(i) \/ Receive(i)
  \/ Heal

Fault == (\E i \in Servers : Crash(i)) \/ (\E side \in SUBSET (Servers \ {1}) \ {{}} : Cut(side))

Named == \E i \in Servers : Register(i) \/ LookUp(i)

Next == Do \/ Tick \/ Fault \/ Named

Spec == Init /\ [][Next]_vars

(* What can happen happens in the end, time goes on, and a partition heals. *)
FairSpec ==
  /\ Spec
  /\ WF_vars(Tick) /\ WF_vars(Do) /\ WF_vars(Heal)
  /\ WF_vars(\E i \in Servers : Suspect(i)) /\ WF_vars(\E i \in Servers : Correct(i))

-----------------------------------------------------------------------------
MasterOnes == {i \in Servers : role[i] = "MASTER"}

OneMaster == Cardinality(MasterOnes) <= 1

(* Whoever became master by declaring is preferred to all others that live. *)
OnlyPreferred == \A i \in MasterOnes : known[i][1] > 1 => \A j \in 1..(i - 1) : ~Up(j)

Converges == <>[](\E i \in Servers : Settled(i))

(* In the end there is one master: of those that were master since the last fault, the one of the
   smallest index. *)
SmallestWins ==
  <>[](\E i \in Servers : Settled(i) /\ \A j \in since : Up(j) => i <= j)

(* Interesting states *)
TwoWait == Cardinality({i \in Servers : role[i] = "WAITING"}) > 1
TwoMasters == ~OneMaster
OneDeclared == \E i \in since : role[i] = "MASTER" /\ known[i][1] > 1
MetApart ==
  \E i \in since : role[i] = "BACKUP" /\ cut # {} /\ ~Connected(i, MasterOf(i))
NextBestDeclared == \E i \in MasterOnes : known[i][1] > 1 /\ i > 2 /\ ~Up(1) /\ ~Up(2)
=============================================================================
