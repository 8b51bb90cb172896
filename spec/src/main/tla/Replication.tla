------------------------------ MODULE Replication ------------------------------
(***************************************************************************)
(* The section "Requests" of the protocol (claims 1 and 26): the log, how  *)
(* a new master catches up, what is committed, and what clients are told.  *)
(* It is module Group with a log, and with two things that only an onlooker *)
(* knows: what was ever committed, and how much was ever answered.         *)
(*                                                                         *)
(* An entry is no more than the epoch of the master that made it. Which    *)
(* client's request it is does not matter here: that a retry is executed   *)
(* once is the sessions' work, which are part of what is executed.         *)
(***************************************************************************)
EXTENDS Group

VARIABLES
  decided,  \* the longest committed log that there ever was
  answered  \* the highest sequence whose result was ever sent to a client

Committed(s) == SubSeq(s.log, 1, s.committed)
IsPrefix(a, b) == Len(a) <= Len(b) /\ SubSeq(b, 1, Len(a)) = a
AnsweredBy(s) == IF Opened(s) /\ s.tenure.sent > s.tenure.first THEN s.tenure.sent ELSE 0

Onlook ==
  LET furthest == CHOOSE i \in Servers :
        \A j \in Servers : server'[j].committed <= server'[i].committed
      committed == Committed(server'[furthest])
  IN  /\ decided' = IF Len(committed) > Len(decided) THEN committed ELSE decided
      /\ answered' = Greatest({answered} \cup {AnsweredBy(server'[i]) : i \in Servers})

Fresh == decided = <<>> /\ answered = 0
ReplicationInit == Init /\ Fresh
ReplicationAllWait == AllWait /\ Fresh
ReplicationLastIsDown == LastIsDown /\ Fresh
ReplicationLogsDiffer == LogsDifferLastIsDown /\ Fresh
ReplicationFirstLacks ==
  /\ From(FirstLacksLog, LastDown(FirstLacksLog))
  /\ decided = FirstLacksLog[N].log
  /\ answered = 0
ReplicationNext == Next /\ Onlook
ReplicationView == <<vars, decided, answered>>

(* A position names one entry, and all before it. *)
LogMatching ==
  \A i, j \in Servers : \A n \in 1..Smaller(Len(server[i].log), Len(server[j].log)) :
    server[i].log[n] = server[j].log[n] =>
      SubSeq(server[i].log, 1, n) = SubSeq(server[j].log, 1, n)

(* Promise 3: all servers execute the same entries in one order. *)
OneOrder == \A i \in Servers : IsPrefix(Committed(server[i]), decided)

(* Promise 3: what was committed is on the disks of a majority, so a loss of power loses nothing. *)
Durable == Cardinality({i \in Servers : IsPrefix(decided, disk[i].log)}) >= Needed

(* Whoever a majority grants next, the best log among the grants has all that was committed. *)
NextMasterHasAll ==
  \A grants \in SUBSET Servers : Cardinality(grants) >= Needed =>
    \E i \in grants :
      /\ \A j \in grants : ~Beyond(Last(disk[j].log), Last(disk[i].log))
      /\ IsPrefix(decided, disk[i].log)

(* A master that serves has all that was committed before its tenure. *)
ServesAll ==
  \A i \in Servers : Sure(server[i]) /\ Opened(server[i]) => IsPrefix(decided, server[i].log)

(* A read sees all that was answered before: whoever answers reads has executed it. *)
ReadsSeeAll ==
  \A i \in Servers :
    LET s == server[i] IN
    Sure(s) /\ Opened(s) /\ s.executed >= s.tenure.first => answered <= s.executed

(* Nothing is answered that is not committed. *)
AnsweredIsDecided == answered <= Len(decided)

(* What a model must reach to say anything. *)
TwoTenures == \E n \in 2..Len(decided) : decided[n] # decided[1]
AnswerGiven == answered > 0
ConflictCut == \E i \in Servers : \E n \in 1..Len(server[i].writes) : server[i].writes[n].write = "cut"
CatchingUp == \E i \in Servers : server[i].tenure.source # 0
=============================================================================
