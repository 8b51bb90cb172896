------------------------------- MODULE Servers -------------------------------
(***************************************************************************)
(* What one server does with one input: the rules R1 to R10, R12, R13 and  *)
(* the requests, under both guarantees, as core has them. Each operator    *)
(* bears the name of the rule and is the counterpart of a method of core.  *)
(*                                                                         *)
(* Time is abstracted: a timer is running or not and may run out at any    *)
(* moment; a promise and a lease hold or have ended. Which of these can be *)
(* true together is what module Lease says; QuorumElection relies on it.   *)
(* Connections are kept: what is sent without one is lost at once.         *)
(*                                                                         *)
(* A transition t is a record: the server's number (self), its state (s),  *)
(* the messages that it sends (out), the timers that are due (due), the    *)
(* back-ups that have been silent (silent), and what time decided in the   *)
(* input's favour (chosen).                                                *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  N,          \* the number of servers
  Quorum,     \* TRUE for the guarantee QUORUM, FALSE for TIMED
  Replicates, \* whether masters keep a log
  Ahead,      \* the most entries sent to a back-up and not acknowledged by it
  PerMessage, \* the most entries in a message
  Removed     \* the safeguards that are taken out, to see that they are needed

Servers == 1..N
Others(i) == Servers \ {i}
Needed == IF Quorum THEN N \div 2 + 1 ELSE 1

(* An epoch is <<round, number>>; in a round the smaller number is higher. *)
NoEpoch == <<0, 0>>
Above(a, b) == a[1] > b[1] \/ (a[1] = b[1] /\ a[2] < b[2])
Higher(a, b) == IF Above(a, b) THEN a ELSE b

(* The configured index of a server is its number; <<>> stands for these indexes (claims 11, 19). *)
Configured == <<>>
IndexIn(ranking, i) == IF ranking = Configured THEN i ELSE ranking[i]

(* The greatest rating is preferred; among equal ones the smaller configured index (claims 20, 21). *)
Rank(ratings) ==
  LET before(j, i) == ratings[j] > ratings[i] \/ (ratings[j] = ratings[i] /\ j < i)
      indexes == [i \in Servers |-> 1 + Cardinality({j \in Servers : before(j, i)})]
  IN  IF indexes = [i \in Servers |-> i] THEN Configured ELSE indexes

(* A position is <<epoch, sequence>>; a log is the sequence of its entries' epochs. *)
Origin == <<NoEpoch, 0>>
Beyond(p, q) == Above(p[1], q[1]) \/ (p[1] = q[1] /\ p[2] > q[2])
At(log, n) == IF n = 0 THEN Origin ELSE <<log[n], n>>
Last(log) == At(log, Len(log))
Contains(log, p) == p[2] <= Len(log) /\ At(log, p[2]) = p
(* An epoch has one master: a log that ends with an entry of that epoch is its master's up to there. *)
OfTenure(log, e) == IF Last(log)[1] = e THEN Len(log) ELSE 0
Greatest(set) == CHOOSE n \in set : \A m \in set : m <= n
Smaller(a, b) == IF a < b THEN a ELSE b
Greater(a, b) == IF a > b THEN a ELSE b

(* The last position of a log that is not above p: two logs step down by it until they meet. *)
Floor(log, p) ==
  At(log, Greatest({0} \cup {n \in 1..Len(log) :
    Above(p[1], log[n]) \/ (log[n] = p[1] /\ n <= p[2])}))

-----------------------------------------------------------------------------
(* The state of a server *)

Nobody == 0   \* a promise to grant nobody, of a server that has just started (R7)
Free == -1    \* no promise

NoFollowing == [waiting |-> FALSE, heard |-> FALSE, echo |-> FALSE, accepted |-> -1]
NoCandidacy == [epoch |-> NoEpoch, early |-> FALSE, grants |-> {}, best |-> Origin,
                holder |-> 0, holders |-> {}, own |-> 0, revoked |-> 0, ranking |-> Configured]
NoClaim == [epoch |-> NoEpoch, inc |-> 0]
NoTenure == [lease |-> "none", source |-> 0, target |-> Origin, first |-> -1,
             sent |-> 0, queried |-> 0, answered |-> 0, successor |-> 0]
NoContact == [inquired |-> FALSE, last |-> Origin]
NoProgress == [accepted |-> 0, next |-> 1, probing |-> TRUE, awaited |-> FALSE, counted |-> FALSE]

Started(i, disk, inc) ==
  LET highest == Higher(disk.epoch, Last(disk.log)[1]) IN
  [up |-> TRUE, role |-> "BACKUP", known |-> NoEpoch, ranking |-> Configured,
   ratings |-> [p \in Servers |-> 0], highest |-> highest, seen |-> highest,
   bound |-> IF Quorum THEN Nobody ELSE Free, timer |-> TRUE, following |-> NoFollowing,
   candidacy |-> NoCandidacy, kept |-> NoClaim, tenure |-> NoTenure,
   contact |-> [p \in Others(i) |-> NoContact], progress |-> [p \in Others(i) |-> NoProgress],
   log |-> disk.log, floor |-> 0, committed |-> 0, executed |-> 0, stable |-> Len(disk.log),
   writes |-> <<>>, held |-> <<>>, inc |-> inc]

IsMaster(s) == s.tenure # NoTenure
Sure(s) == s.tenure.lease = "sure"
Claims(s) == s.candidacy # NoCandidacy
Follows(s) == s.following # NoFollowing
Forbids(s, c) == s.bound # Free /\ s.bound # c
Opened(s) == s.tenure.first > 0
HandsOver(s) == s.tenure.successor # 0

(* The ranking of a tenure, as it is known after somebody has named that tenure. *)
Learnt(s, e, ranking) == IF s.known = e /\ ranking = Configured THEN s.ranking ELSE ranking
Functional(s) == IF s.role = "MASTER" THEN Sure(s) ELSE s.role = "BACKUP" /\ s.following.heard

-----------------------------------------------------------------------------
(* Sending and storing *)

With(t, s) == [t EXCEPT !.s = s]
Connected(t, p) == p \in t.connected

(* A message to p; without a connection it is lost. *)
Send(t, p, m) ==
  IF Connected(t, p) THEN [t EXCEPT !.out = @ \cup {[from |-> t.self, to |-> p, body |-> m]}]
  ELSE t

SendAll(t, m) ==
  [t EXCEPT !.out = @ \cup {[from |-> t.self, to |-> p, body |-> m] : p \in t.connected}]

EpochTicket(s) ==
  Greatest({0} \cup {n \in 1..Len(s.writes) : s.writes[n].write = "epoch"})

(* A message that waits until all epochs granted or acknowledged so far are stable. *)
SendWhenStable(t, p, m) ==
  IF EpochTicket(t.s) = 0 \/ "stable grant" \in Removed THEN Send(t, p, m)
  ELSE [t EXCEPT !.s.held = Append(@, [ticket |-> EpochTicket(t.s), to |-> p, body |-> m])]

Write(t, w) == [t EXCEPT !.s.writes = Append(@, w)]
StoreEpoch(t, e) == Write(t, [write |-> "epoch", epoch |-> e])
AppendRun(t, e, count) ==
  LET run == [n \in 1..count |-> e] IN
  Write([t EXCEPT !.s.log = @ \o run],
        [write |-> "append", entries |-> run, last |-> Len(t.s.log) + count])

Cut(t, after) ==
  LET shorter(w) == IF w.write = "append" THEN [w EXCEPT !.last = Smaller(@, after)] ELSE w
      written == [n \in 1..Len(t.s.writes) |-> shorter(t.s.writes[n])]
      back == t.s.committed > after
      s == [t.s EXCEPT
              !.log = SubSeq(@, 1, after), !.stable = Smaller(@, after),
              !.writes = Append(written, [write |-> "cut", after |-> after]),
              !.committed = Smaller(@, after), !.executed = IF back THEN 0 ELSE @]
  IN  With(t, s)

-----------------------------------------------------------------------------
(* R7: promises and the lease *)

PromiseTo(i) == IF Quorum THEN i ELSE Free

(* The lease of a tenure that begins; storing the own grant may have taken too long. *)
BeginLease(t) == IF ~Quorum \/ "fresh" \in t.chosen THEN "sure" ELSE "not gained"

AnswerClients(t) ==
  LET s == t.s IN
  IF ~IsMaster(s) \/ ~Sure(s) \/ ~Opened(s) \/ s.executed < s.tenure.first THEN t
  ELSE With(t, [s EXCEPT !.tenure.sent = Greater(@, s.executed),
                         !.tenure.answered = s.tenure.queried])

(* An echo renews the lease, if enough of them are fresh. *)
Echo(t) ==
  IF ~Quorum \/ "fresh" \notin t.chosen \/ Sure(t.s) THEN t
  ELSE AnswerClients([t EXCEPT !.s.tenure.lease = "sure"])

-----------------------------------------------------------------------------
(* Requests: replication *)

Outstanding(pr) == IF pr.probing THEN pr.awaited ELSE pr.next > pr.accepted + 1

(* Up to a server's floor a snapshot stands for the bytes of the entries: they go together. *)
TakesSnapshot(s, pr) == pr.next <= s.floor
End(s, first) ==
  IF first <= s.floor THEN s.floor ELSE Smaller(Len(s.log), first + PerMessage - 1)

GoesAhead(s, pr) ==
  IF pr.probing \/ TakesSnapshot(s, pr) THEN ~Outstanding(pr) ELSE pr.next - 1 - pr.accepted < Ahead

(* Sends a back-up what it lacks, as far as may be sent ahead of its acknowledgement. *)
RECURSIVE SendEntries(_, _)
SendEntries(t, p) ==
  LET s == t.s
      pr == s.progress[p]
      end == End(s, pr.next)
      m == [type |-> "Entries", epoch |-> s.known, before |-> At(s.log, pr.next - 1),
            entries |-> SubSeq(s.log, pr.next, end), committed |-> s.committed]
      further == IF pr.probing \/ TakesSnapshot(s, pr)
                 THEN [pr EXCEPT !.probing = TRUE, !.awaited = TRUE]
                 ELSE [pr EXCEPT !.next = end + 1]
  IN  IF ~Opened(s) \/ ~Connected(t, p) \/ pr.next > Len(s.log) \/ ~GoesAhead(s, pr) THEN t
      ELSE SendEntries([Send(t, p, m) EXCEPT !.s.progress[p] = further], p)

RECURSIVE SendEntriesTo(_, _)
SendEntriesTo(t, set) ==
  IF set = {} THEN t
  ELSE LET p == CHOOSE q \in set : TRUE IN SendEntriesTo(SendEntries(t, p), set \ {p})

(* Sends a back-up anew from what it is known to have. *)
Restart(t, p) ==
  LET pr == t.s.progress[p]
      next == IF pr.accepted > 0 THEN pr.accepted + 1 ELSE pr.next
  IN  SendEntries([t EXCEPT !.s.progress[p] =
        [pr EXCEPT !.next = next, !.probing = TRUE, !.awaited = FALSE]], p)

(* The sequence up to which enough servers hold the log: one up to which some server has it. *)
Held(t) ==
  LET s == t.s
      ends == {s.stable, Len(s.log)} \cup {s.progress[p].accepted : p \in Others(t.self)}
      has(n) == {p \in Others(t.self) : s.progress[p].accepted >= n}
      counted == {p \in Others(t.self) : s.progress[p].counted}
      enough(n) == /\ n <= s.stable \/ (Quorum /\ Cardinality(has(n)) >= Needed)
                   /\ IF Quorum THEN Cardinality(has(n)) + 1 >= Needed ELSE counted \subseteq has(n)
  IN  Greatest({0} \cup {n \in ends : n <= Len(s.log) /\ enough(n)})

(* Commits what enough servers hold, counting from an entry of the own epoch only. *)
Commit(t) ==
  LET s == t.s IN
  IF Opened(s) /\ Held(t) > s.committed
     /\ (Held(t) >= s.tenure.first \/ "own epoch" \in Removed)
  THEN [t EXCEPT !.s.committed = Held(t)]
  ELSE t

(* A back-up of this tenure has the log up to a sequence, 0 for unknown. *)
Accept(t, p, n) ==
  LET pr == t.s.progress[p]
      news == n > pr.accepted \/ (pr.probing /\ n > 0)
      now == [pr EXCEPT !.accepted = n, !.next = Greater(@, n + 1), !.probing = FALSE,
                        !.awaited = FALSE,
                        !.counted = @ \/ (~Quorum /\ n >= t.s.committed)]
      awaits == pr.awaited /\ TakesSnapshot(t.s, pr) /\ n < pr.next
  IN  IF ~Opened(t.s) \/ ~news \/ awaits \/ n < pr.accepted \/ n > Len(t.s.log) THEN t
      ELSE SendEntries(Commit([t EXCEPT !.s.progress[p] = now]), p)

GiveUpOn(t, p) == Commit([t EXCEPT !.s.progress[p].counted = FALSE])

(* A back-up learns how far the master has committed. *)
LearnCommitted(t, n) ==
  LET s == t.s
      known == Smaller(n, s.following.accepted)
  IN  IF Follows(s) /\ s.role = "BACKUP" /\ known > s.committed
      THEN [t EXCEPT !.s.committed = known]
      ELSE t

(* Acknowledges to the master what is stable. *)
AcknowledgeEntries(t) ==
  LET s == t.s IN
  IF Follows(s) /\ s.following.accepted > 0
  THEN SendWhenStable(t, s.known[2], [type |-> "Accepted", epoch |-> s.known,
                                      sequence |-> Smaller(s.following.accepted, s.stable)])
  ELSE t

RECURSIVE AppendRuns(_, _)
AppendRuns(t, entries) ==
  LET run == Greatest({n \in 1..Len(entries) : \A k \in 1..n : entries[k] = Head(entries)}) IN
  IF entries = <<>> THEN t
  ELSE AppendRuns(AppendRun(t, Head(entries), run), SubSeq(entries, run + 1, Len(entries)))

(* Entries that conflict with such as a snapshot stands for, which only TIMED allows: the log
   begins anew. *)
Anew(t, before, entries) ==
  LET conflict == \E n \in 1..Len(entries) :
        before[2] + n <= t.s.floor /\ t.s.log[before[2] + n] # entries[n]
      u == [Cut(t, 0) EXCEPT !.s.floor = 0]
  IN  IF ~Contains(t.s.log, before) \/ ~conflict THEN t
      ELSE IF Follows(u.s) THEN [u EXCEPT !.s.following.accepted = 0]
      ELSE u

(* Appends the entries that the log lacks, after cutting what conflicts with them. *)
Merge(t, before, entries) ==
  LET log == t.s.log
      same(n) == \A k \in 1..n : before + k <= Len(log) /\ log[before + k] = entries[k]
      common == Greatest({n \in 0..Len(entries) : same(n)})
      missing == SubSeq(entries, common + 1, Len(entries))
      conflicts == Len(log) > before + common
  IN  IF missing = <<>> THEN t
      ELSE AppendRuns(IF conflicts THEN Cut(t, before + common) ELSE t, missing)

-----------------------------------------------------------------------------
(* Catching up *)

(* A tenure begins with an empty entry of its epoch; from then on requests are admitted. The servers
   that match have the log and no more: they are sent what follows at once. *)
Open(t, matching) ==
  LET s == t.s
      first == Len(s.log) + 1
      counted(p) == ~Quorum /\ Connected(t, p) /\ s.contact[p].inquired
      fresh == [p \in Others(t.self) |->
        [NoProgress EXCEPT !.next = first, !.counted = counted(p), !.probing = p \notin matching,
                           !.accepted = IF p \in matching THEN first - 1 ELSE 0]]
      tenure == [s.tenure EXCEPT !.source = 0, !.target = Origin, !.first = first, !.sent = first,
                                 !.queried = 0, !.answered = 0]
      opened == AppendRun(t, s.known, 1)
  IN  SendEntriesTo([opened EXCEPT !.s.tenure = tenure, !.s.progress = fresh], Others(t.self))

Fetch(t, holder, target, after) ==
  Send([t EXCEPT !.s.tenure.source = holder, !.s.tenure.target = target], holder,
       [type |-> "Fetch", epoch |-> t.s.known, after |-> after])

(* The holders are those known to have the log up to the best position. *)
FetchOrOpen(t, holder, best, holders) ==
  IF holder = 0 \/ ~Beyond(best, Last(t.s.log)) \/ "catch-up" \in Removed
  THEN Open(t, IF best = Last(t.s.log) THEN holders ELSE {})
  ELSE Fetch(t, holder, best, Last(t.s.log))

(* TIMED: the best log among the back-ups that are connected. *)
FetchFromBest(t) ==
  LET s == t.s
      best == CHOOSE b \in {s.contact[p].last : p \in t.connected} \cup {Origin} :
                \A p \in t.connected : ~Beyond(s.contact[p].last, b)
      holders == {p \in t.connected : s.contact[p].inquired /\ s.contact[p].last = best}
      holder == IF best = Origin THEN 0 ELSE CHOOSE p \in holders : \A q \in holders : p <= q
  IN  FetchOrOpen(t, holder, best, holders)

(* TIMED: goes on as soon as every connected back-up has acknowledged. *)
ProceedCatchUp(t) ==
  LET s == t.s IN
  IF ~Quorum /\ Replicates /\ IsMaster(s) /\ ~Opened(s) /\ s.tenure.source = 0
     /\ \A p \in t.connected : s.contact[p].inquired
  THEN FetchFromBest(t)
  ELSE t

-----------------------------------------------------------------------------
(* R5, R6, R8: declaring and acknowledging *)

(* What was heard of the others belongs to an earlier tenure. *)
Forget(s) == [s EXCEPT !.contact = [p \in DOMAIN @ |-> NoContact],
                       !.progress = [p \in DOMAIN @ |-> NoProgress]]

StepDown(t) == With(t, [Forget(t.s) EXCEPT !.tenure = NoTenure])
StartTimer(t) == [t EXCEPT !.s.timer = TRUE, !.due = @ \ {"election"}]
StopTimer(t) == [t EXCEPT !.s.timer = FALSE, !.due = @ \ {"election"}]

(* The own grant is stable, the tenure begins (claims 8, 23). *)
BecomeMaster(t) ==
  LET s == t.s
      won == s.candidacy
      was == IsMaster(s)
      m == IF won.revoked = 0 THEN [type |-> "Declare", epoch |-> won.epoch, ranking |-> won.ranking]
           ELSE [type |-> "Revoke", epoch |-> won.epoch, revoked |-> won.revoked,
                 ranking |-> won.ranking]
      kept == IF Quorum \/ was THEN s ELSE Forget(s)
      begun == [NoTenure EXCEPT !.lease = BeginLease(t), !.first = 0]
      now == [kept EXCEPT !.role = "MASTER", !.known = won.epoch, !.ranking = won.ranking,
                          !.following = NoFollowing,
                          !.candidacy = NoCandidacy, !.kept = NoClaim, !.tenure = begun]
      declared == SendAll(StopTimer(With(t, now)), m)
  IN  IF ~Replicates THEN declared
      ELSE IF was THEN Open(declared, {})
      ELSE IF Quorum THEN FetchOrOpen(declared, won.holder, won.best, won.holders)
      ELSE ProceedCatchUp(declared)

DeclareTo(t, p) ==
  Send(t, p, [type |-> "Declare", epoch |-> t.s.known, ranking |-> t.s.ranking])

VouchMessage(s) == [type |-> "Vouch", epoch |-> s.known, ranking |-> s.ranking]

(* Whether the own epoch waits for the disk: it is not named before it is declared. *)
AboutToDeclare(s) == Claims(s) /\ s.candidacy.epoch = s.highest

(* R1, R7: inquires of the master; what is handed to a connection is a promise. *)
Inquire(t) ==
  LET s == t.s
      m == [type |-> "Inquiry", epoch |-> s.known, echo |-> s.following.echo,
            accepted |-> Smaller(s.following.accepted, s.stable), last |-> At(s.log, s.stable)]
      asked == [t EXCEPT !.s.following.waiting = TRUE]
  IN  IF ~Connected(t, s.known[2]) THEN asked
      ELSE SendWhenStable([asked EXCEPT !.s.bound = PromiseTo(s.known[2])], s.known[2], m)

(* Ends a wait or a claim in favour of the master that is known (R2, R5). *)
StandBy(t) ==
  LET s == t.s
      now == [s EXCEPT !.role = "BACKUP", !.candidacy = NoCandidacy]
      u == StopTimer(With(t, now))
      told == IF s.kept # NoClaim /\ Functional(now)
              THEN Send(u, s.kept.epoch[2], VouchMessage(s))
              ELSE u
  IN  [told EXCEPT !.s.kept = NoClaim]

(* The server becomes a back-up of the master and inquires at once (R5; claims 17, 22). *)
Acknowledge(t, from, e, ranking, stamped) ==
  LET s == t.s
      same == s.known = e /\ Follows(s)
      stored == IF Above(e, s.highest) THEN StoreEpoch([t EXCEPT !.s.highest = e], e) ELSE t
      follow == IF same THEN s.following ELSE [NoFollowing EXCEPT !.accepted = OfTenure(s.log, e)]
      heard == IF from = e[2] /\ stamped THEN [follow EXCEPT !.heard = TRUE, !.echo = TRUE]
               ELSE follow
      u == [StepDown(stored) EXCEPT !.s.known = e, !.s.ranking = Learnt(s, e, ranking),
                                    !.s.following = heard]
  IN  Inquire(IF same /\ s.role = "BACKUP" THEN u ELSE StandBy(u))

(* What is stale is answered with the newer mastership (R5). *)
AnswerStale(t, p) ==
  LET s == t.s IN
  IF AboutToDeclare(s) THEN t
  ELSE Send(t, p, IF s.known = s.highest THEN VouchMessage(s)
                  ELSE [type |-> "Refuse", highest |-> s.highest])

-----------------------------------------------------------------------------
(* R3, R4, R9: claims and grants *)

HasEnough(s) == s.candidacy.own = 0 /\ Cardinality(s.candidacy.grants) + 1 >= Needed

GiveUp(t) == StartTimer([t EXCEPT !.s.candidacy = NoCandidacy, !.s.role = "WAITING"])

(* With a majority the claimer grants itself last, under the conditions of any grant (R4). *)
GrantItself(t) ==
  LET s == t.s
      e == s.candidacy.epoch
      unchecked == "own check" \in Removed
      granted == StoreEpoch([t EXCEPT !.s.highest = Higher(e, @), !.s.seen = Higher(@, e),
                                      !.s.bound = PromiseTo(t.self)], e)
  IN  IF ~Claims(s) \/ ~HasEnough(s) THEN t
      ELSE IF ~Above(e, s.highest) /\ ~unchecked THEN GiveUp(t)
      ELSE IF Forbids(s, t.self) /\ ~unchecked THEN t
      ELSE [granted EXCEPT !.s.candidacy.own = Len(granted.s.writes), !.s.candidacy.early = FALSE]

ClaimMessage(s) == [type |-> "Claim", epoch |-> s.candidacy.epoch, inc |-> s.inc]

(* Tries to become master one round above everything heard of (R3, R6, R9). *)
ClaimWith(t, revoked, ranking) ==
  LET s == t.s
      new == [NoCandidacy EXCEPT !.epoch = <<s.seen[1] + 1, t.self>>, !.early = Forbids(s, t.self),
                                 !.revoked = revoked, !.ranking = ranking]
      u == StopTimer([t EXCEPT !.s.candidacy = new])
      quorum == [StepDown(u) EXCEPT !.s.role = "CLAIMING"]
  IN  GrantItself(IF Quorum THEN SendAll(quorum, ClaimMessage(quorum.s)) ELSE u)

Claim(t) == ClaimWith(t, 0, Rank(t.s.ratings))

(* R2 (claims 7, 9): the master is not functional. *)
Suspect(t) ==
  LET s == t.s
      f == IF Follows(s) THEN [s.following EXCEPT !.waiting = FALSE, !.heard = FALSE]
           ELSE NoFollowing
  IN  StartTimer([t EXCEPT !.s.role = "WAITING", !.s.following = f])

(* A master keeps its own promise while its lease holds; of two claimers the lower grants. *)
MayGrant(s, e) ==
  /\ ~(s.role = "MASTER" /\ Sure(s))
  /\ ~(Claims(s) /\ Above(s.candidacy.epoch, e))
  /\ ~Forbids(s, e[2])

(* The grant is on stable storage before it is sent (R4). *)
Grant(t, e, inc) ==
  LET s == t.s
      u == StepDown(t)
      stored == IF Above(e, s.highest)
                THEN StoreEpoch([u EXCEPT !.s.highest = e, !.s.seen = Higher(@, e)], e)
                ELSE u
      v == [stored EXCEPT !.s.bound = PromiseTo(e[2]), !.s.role = "WAITING",
                          !.s.following = NoFollowing, !.s.candidacy = NoCandidacy,
                          !.s.kept = NoClaim]
  IN  SendWhenStable(StartTimer(v), e[2],
        [type |-> "Grant", epoch |-> e, inc |-> inc, last |-> Last(s.log)])

OnClaim(t, from, e, inc) ==
  LET s == t.s
      vouch == VouchMessage(s)
  IN  IF e[2] # from \/ e = s.known THEN t
      ELSE IF Above(s.highest, e)
           THEN Send(t, from, IF Functional(s) THEN vouch
                              ELSE [type |-> "Refuse", highest |-> s.highest])
      ELSE IF MayGrant(s, e) THEN Grant(t, e, inc)
      ELSE IF Functional(s) THEN Send(t, from, vouch)
      ELSE IF s.kept # NoClaim /\ Above(s.kept.epoch, e) THEN t
      ELSE LET u == [t EXCEPT !.s.kept = [epoch |-> e, inc |-> inc]]
           IN  IF s.role = "WAITING" THEN StartTimer(u) ELSE u

(* R10: the server has been told that a tenure ended in good order. *)
IsOver(s, e) == s.known = e /\ ~Follows(s)

ResignMessage(e, target) == [type |-> "Resign", epoch |-> e, target |-> target]

(* R10: who still stands by the tenure that is over is told so by the one that claims after it. *)
Tell(t, p, e) ==
  IF t.s.role = "CLAIMING"
  THEN Send(Send(t, p, ResignMessage(e, t.self)), p, ClaimMessage(t.s))
  ELSE t

(* R5 and R6: another server's mastership is compared with what this one knows. Of two masters that
   rank otherwise the ranking of the higher epoch counts, and stays. *)
Meet(t, from, e, ranking, stamped) ==
  LET s == t.s
      u == [t EXCEPT !.s.seen = Higher(@, e)]
  IN  IF e[2] = 0 \/ e[2] = t.self THEN t
      ELSE IF Above(s.highest, e) THEN AnswerStale(u, from)
      ELSE IF IsOver(u.s, e) THEN Tell(u, from, e)
      ELSE IF IsMaster(s) /\ ~Quorum /\ IndexIn(ranking, t.self) < IndexIn(ranking, e[2])
      THEN ClaimWith(u, IndexIn(ranking, e[2]), ranking)
      ELSE Acknowledge(u, from, e, ranking, stamped)

-----------------------------------------------------------------------------
(* R10: orderly hand-over *)

(* The master admits nothing more until the target has its whole log. *)
OnResign(t, target) ==
  LET s == t.s IN
  IF IsMaster(s) /\ (Opened(s) \/ ~Replicates) /\ Connected(t, target)
  THEN [t EXCEPT !.s.tenure.successor = target]
  ELSE t

UpToDate(s, p) ==
  /\ s.executed = Len(s.log)
  /\ s.tenure.sent = Len(s.log)
  /\ s.progress[p].accepted = Len(s.log)

(* The tenure ends before anybody is told so; the server is free to grant another. *)
EndTenure(t, target) ==
  LET over == [StepDown(t) EXCEPT !.s.role = "WAITING", !.s.bound = Free]
  IN  SendAll(StartTimer(over), ResignMessage(t.s.known, target))

(* The last thing of every step: a master that is to go resigns as soon as it may. *)
HandOver(t) ==
  LET target == t.s.tenure.successor IN
  IF IsMaster(t.s) /\ HandsOver(t.s) /\ (~Replicates \/ UpToDate(t.s, target))
  THEN EndTenure(t, target)
  ELSE t

(* What was promised to a master whose tenure is over is void, if that is the latest one known. *)
OnResigned(t, from, m) ==
  LET s == t.s
      e == m.epoch
      freed == IF s.bound = e[2] THEN [t EXCEPT !.s.bound = Free] ELSE t
      waiting == Suspect([freed EXCEPT !.s.known = e, !.s.ranking = Learnt(s, e, Configured),
                                       !.s.following = NoFollowing])
  IN  IF from \notin {e[2], m.target} \/ e[2] = t.self \/ e # s.highest THEN t
      ELSE IF s.role = "CLAIMING" \/ IsOver(s, e) THEN freed
      ELSE IF m.target = t.self THEN Claim(waiting)
      ELSE waiting

-----------------------------------------------------------------------------
(* Claims 20, 21: indexes follow from ratings, which each server tells all others *)

OnRated(t, rating) ==
  IF t.s.ratings[t.self] = rating THEN t
  ELSE SendAll([t EXCEPT !.s.ratings[t.self] = rating], [type |-> "Rating", rating |-> rating])

TellRating(t, p) ==
  LET rating == t.s.ratings[t.self] IN
  IF rating > 0 THEN Send(t, p, [type |-> "Rating", rating |-> rating]) ELSE t

OnRating(t, from, m) == [t EXCEPT !.s.ratings[from] = m.rating]

RanksOtherwise(s) ==
  /\ IsMaster(s) /\ ~Claims(s) /\ ~HandsOver(s) /\ (Opened(s) \/ ~Replicates)
  /\ Rank(s.ratings) # s.ranking

(* A master whose servers rank otherwise by now begins another tenure (R9). *)
OnRerank(t) == IF RanksOtherwise(t.s) THEN Claim(t) ELSE t

-----------------------------------------------------------------------------
(* Messages, one operator each *)

OnDeclare(t, from, m) == IF m.epoch[2] = from THEN Meet(t, from, m.epoch, m.ranking, TRUE) ELSE t

OnVouch(t, from, m) ==
  IF Above(m.epoch, t.s.highest) \/ m.epoch = t.s.highest 
  THEN Meet(t, from, m.epoch, m.ranking, FALSE) ELSE t

OnAsk(t, from) ==
  LET s == t.s IN
  IF IsMaster(s) THEN DeclareTo(t, from)
  ELSE IF Functional(s) THEN Send(t, from, VouchMessage(s))
  ELSE IF AboutToDeclare(s) THEN t
  ELSE Send(t, from, [type |-> "Refuse", highest |-> s.highest])

OnGrant(t, from, m) ==
  LET s == t.s
      c == s.candidacy
      better == c.holder = 0 \/ Beyond(m.last, c.best)
      counted == [c EXCEPT !.grants = @ \cup {from},
                           !.best = IF better THEN m.last ELSE @,
                           !.holder = IF better THEN from ELSE @,
                           !.holders = IF better THEN {from}
                                       ELSE IF m.last = c.best THEN @ \cup {from} ELSE @]
  IN  IF IsMaster(s) /\ m.epoch = s.known
      THEN IF m.inc = s.inc THEN Echo(t) ELSE t
      ELSE IF s.role = "CLAIMING" /\ m.epoch = c.epoch /\ m.inc = s.inc
      THEN GrantItself([t EXCEPT !.s.candidacy = counted])
      ELSE t

OnRefuse(t, from, m) ==
  LET s == t.s
      u == [t EXCEPT !.s.seen = Higher(@, m.highest)]
  IN  IF Claims(s)
      THEN IF s.candidacy.own = 0 /\ ~Above(s.candidacy.epoch, m.highest) THEN GiveUp(u) ELSE u
      ELSE IF IsMaster(s)
      THEN IF Above(m.highest, s.known) THEN Claim(u) ELSE u
      ELSE IF s.known # NoEpoch /\ s.role = "BACKUP" /\ from = s.known[2] THEN Suspect(u)
      ELSE u

(* R8, R13 (claim 27): the name server knows a mastership above all that this one knows. It is met
   as if its master had declared it; above a forgotten one of its own a master claims. *)
OnRegistered(t, e) ==
  LET s == t.s
      u == [t EXCEPT !.s.seen = Higher(@, e)]
  IN  IF ~Above(e, s.highest) THEN t
      ELSE IF e[2] # t.self THEN Meet(t, e[2], e, Configured, FALSE)
      ELSE IF IsMaster(s) /\ ~Claims(s) THEN Claim(u)
      ELSE u

(* R1 (claim 4): the master answers; whoever is none says so, or names the one it follows. *)
OnInquiry(t, from, m) ==
  LET s == t.s
      heard == IF Quorum THEN t
               ELSE [t EXCEPT !.s.contact[from] = [inquired |-> TRUE, last |-> m.last]]
      echoed == IF m.echo THEN Echo(heard) ELSE heard
      taken == Accept(echoed, from, m.accepted)
      moved == taken.s.progress[from] # t.s.progress[from]
      again == IF "stuck" \in t.chosen /\ ~moved /\ Outstanding(taken.s.progress[from])
               THEN Restart(taken, from) ELSE taken
      reply == [type |-> "Reply", epoch |-> s.known, valid |-> Sure(again.s),
                committed |-> again.s.committed, ranking |-> s.ranking]
      newer == Above(s.known, m.epoch) /\ Functional(s)
  IN  IF IsMaster(s)
      THEN IF m.epoch = s.known THEN ProceedCatchUp(Send(again, from, reply)) ELSE DeclareTo(t, from)
      ELSE IF m.epoch[2] # t.self \/ s.role = "CLAIMING" THEN t
      ELSE Send(t, from, IF newer THEN VouchMessage(s)
                         ELSE [type |-> "Refuse", highest |-> s.highest])

(* R1: a reply that says that the master's lease is not valid counts as none. *)
OnReply(t, from, m) ==
  LET s == t.s
      heard == [s.following EXCEPT !.echo = TRUE, !.heard = TRUE,
                                   !.waiting = @ /\ "unanswered" \in t.chosen]
      learnt == [t EXCEPT !.s.ranking = Learnt(s, m.epoch, m.ranking)]
      u == IF m.valid THEN [learnt EXCEPT !.s.following = heard]
           ELSE [learnt EXCEPT !.s.following.echo = TRUE]
      v == IF m.valid /\ s.role # "BACKUP" THEN StandBy(u) ELSE u
  IN  IF ~Follows(s) \/ m.epoch # s.known \/ from # s.known[2] \/ Above(s.highest, m.epoch) THEN t
      ELSE LearnCommitted(v, m.committed)

FollowsIn(s, e) == s.role = "BACKUP" /\ s.known = e /\ s.highest = e

OnEntries(t, from, m) ==
  LET met == IF FollowsIn(t.s, m.epoch) THEN t ELSE Meet(t, from, m.epoch, Configured, FALSE)
      follows == Follows(met.s) /\ FollowsIn(met.s, m.epoch)
      u == IF follows THEN Anew(met, m.before, m.entries) ELSE met
      end == m.before[2] + Len(m.entries)
      merged == Merge(u, m.before[2], m.entries)
      taken == [merged EXCEPT !.s.following.accepted = Greater(@, end)]
      learnt == LearnCommitted(taken, m.committed)
  IN  IF m.epoch[2] # from THEN t
      ELSE IF ~follows THEN u
      ELSE IF ~Contains(u.s.log, m.before)
      THEN Send(u, from, [type |-> "Rejected", epoch |-> m.epoch,
                          floor |-> Floor(u.s.log, m.before)])
      ELSE IF end <= learnt.s.stable THEN AcknowledgeEntries(learnt) ELSE learnt

OnAccepted(t, from, m) ==
  IF IsMaster(t.s) /\ m.epoch = t.s.known THEN Accept(t, from, m.sequence) ELSE t

(* The back-up's log lacks the position before what was sent: go back to where both may meet. *)
OnRejected(t, from, m) ==
  LET s == t.s
      pr == s.progress[from]
      meeting == Floor(s.log, m.floor)[2]
      back == [pr EXCEPT !.next = meeting + 1, !.probing = TRUE, !.awaited = FALSE]
  IN  IF IsMaster(s) /\ Opened(s) /\ m.epoch = s.known /\ pr.probing /\ meeting + 1 <= pr.next
      THEN SendEntries([t EXCEPT !.s.progress[from] = back], from)
      ELSE t

(* The holder serves a new master only while that one's epoch is the latest it granted. *)
OnFetch(t, from, m) ==
  LET log == t.s.log
      after == m.after[2]
  IN  IF m.epoch[2] # from \/ m.epoch # t.s.highest THEN t
      ELSE IF ~Contains(log, m.after)
      THEN Send(t, from, [type |-> "Unfetched", epoch |-> m.epoch, floor |-> Floor(log, m.after)])
      ELSE IF after < Len(log)
      THEN Send(t, from, [type |-> "Fetched", epoch |-> m.epoch, before |-> m.after,
                          entries |-> SubSeq(log, after + 1, End(t.s, after + 1))])
      ELSE t

FetchesFrom(s, from, e) == IsMaster(s) /\ e = s.known /\ ~Opened(s) /\ s.tenure.source = from

OnFetched(t, from, m) ==
  LET u == Anew(t, m.before, m.entries)
      merged == Merge(u, m.before[2], m.entries)
      target == t.s.tenure.target
  IN  IF ~FetchesFrom(t.s, from, m.epoch) \/ ~Contains(t.s.log, m.before) THEN t
      ELSE IF ~Contains(u.s.log, m.before) THEN Fetch(u, from, target, Origin)
      ELSE IF ~Beyond(target, Last(merged.s.log)) THEN Open(merged, {})
      ELSE Fetch(merged, from, target, Last(merged.s.log))

OnUnfetched(t, from, m) ==
  IF FetchesFrom(t.s, from, m.epoch)
  THEN Fetch(t, from, t.s.tenure.target, Floor(t.s.log, m.floor))
  ELSE t

OnMessage(t, from, m) ==
  CASE m.type = "Inquiry"   -> OnInquiry(t, from, m)
    [] m.type = "Reply"     -> OnReply(t, from, m)
    [] m.type = "Ask"       -> OnAsk(t, from)
    [] m.type = "Declare"   -> OnDeclare(t, from, m)
    [] m.type = "Revoke"    -> OnDeclare(t, from, m)
    [] m.type = "Vouch"     -> OnVouch(t, from, m)
    [] m.type = "Claim"     -> OnClaim(t, from, m.epoch, m.inc)
    [] m.type = "Grant"     -> OnGrant(t, from, m)
    [] m.type = "Refuse"    -> OnRefuse(t, from, m)
    [] m.type = "Entries"   -> OnEntries(t, from, m)
    [] m.type = "Accepted"  -> OnAccepted(t, from, m)
    [] m.type = "Rejected"  -> OnRejected(t, from, m)
    [] m.type = "Fence"     -> t
    [] m.type = "Fetch"     -> OnFetch(t, from, m)
    [] m.type = "Fetched"   -> OnFetched(t, from, m)
    [] m.type = "Unfetched" -> OnUnfetched(t, from, m)
    [] m.type = "Resign"    -> OnResigned(t, from, m)
    [] m.type = "Rating"    -> OnRating(t, from, m)

-----------------------------------------------------------------------------
(* Timers *)

(* The promise has ended: the kept claim is granted, or the own one made again (R4). *)
ExpirePromise(t) ==
  LET s == t.s
      keptWins == s.kept # NoClaim /\ (~Claims(s) \/ Above(s.kept.epoch, s.candidacy.epoch))
      u == IF keptWins
           THEN OnClaim([t EXCEPT !.s.kept = NoClaim], s.kept.epoch[2], s.kept.epoch, s.kept.inc)
           ELSE t
      v == IF Claims(u.s) /\ u.s.candidacy.early /\ u.s.candidacy.own = 0
           THEN SendAll([u EXCEPT !.s.candidacy.early = FALSE], ClaimMessage(u.s))
           ELSE u
  IN  IF s.bound # Free THEN t ELSE GrantItself(v)

(* R1: the back-up inquires, or its oldest inquiry has waited too long. *)
ExpireDetection(t) ==
  IF t.s.role # "BACKUP" \/ ~Follows(t.s) THEN t
  ELSE IF "reply" \in t.due THEN Suspect(t)
  ELSE IF "inquiry" \in t.due THEN Inquire(t)
  ELSE t

ExpireClaim(t) == IF Claims(t.s) /\ t.s.candidacy.own = 0 /\ "claim" \in t.due THEN GiveUp(t) ELSE t

(* R3, and R12 where the time to listen after the start is over. *)
ExpireElection(t) ==
  IF "election" \notin t.due \/ ~t.s.timer THEN t
  ELSE IF t.s.role = "BACKUP" THEN Suspect(t)
  ELSE Claim(t)

(* Catching up took too long. QUORUM: claim again, for other grants. TIMED: go on with the best
   of the back-ups that have acknowledged, or without the one that no longer sends. *)
ExpireCatchUp(t) ==
  IF ~IsMaster(t.s) \/ Opened(t.s) \/ "catch-up" \notin t.due THEN t
  ELSE IF Quorum THEN Claim(t)
  ELSE IF t.s.tenure.source = 0 THEN FetchFromBest(t)
  ELSE Open(t, {})

(* R10: the target could not be brought up to date in time. *)
ExpireHandOver(t) ==
  IF IsMaster(t.s) /\ "hand-over" \in t.due THEN [t EXCEPT !.s.tenure.successor = 0] ELSE t

(* R8: a silent server is told again, and no longer waited for. *)
AnnounceTo(t, p) ==
  LET u == IF t.s.progress[p].counted THEN GiveUpOn(t, p) ELSE t IN DeclareTo(u, p)

RECURSIVE AnnounceToAll(_, _)
AnnounceToAll(t, set) ==
  IF set = {} \/ ~IsMaster(t.s) THEN t
  ELSE LET p == CHOOSE q \in set : \A r \in set : q <= r
       IN  AnnounceToAll(AnnounceTo(t, p), set \ {p})

Expire(t) ==
  LET announced == AnnounceToAll(t, t.silent)
      caughtUp == ExpireHandOver(ExpireCatchUp(announced))
  IN  ExpireElection(ExpireClaim(ExpireDetection(ExpirePromise(caughtUp))))

-----------------------------------------------------------------------------
(* Connections *)

OnConnected(t, p) ==
  LET s == t.s
      told == TellRating(t, p)
  IN
  IF IsMaster(s) THEN Restart(DeclareTo(told, p), p)
  ELSE IF s.role = "CLAIMING" THEN Send(told, p, ClaimMessage(s))
  ELSE IF s.known = NoEpoch THEN Send(told, p, [type |-> "Ask"])
  ELSE IF s.role = "BACKUP" /\ p = s.known[2] /\ Follows(s) THEN Inquire(told)
  ELSE told

OnDisconnected(t) == ProceedCatchUp(t)

OnRefused(t, p) ==
  LET u == ProceedCatchUp(t) IN
  IF IsMaster(u.s) THEN GiveUpOn(u, p)
  ELSE IF u.s.role = "BACKUP" /\ p = u.s.known[2] THEN Suspect(u)
  ELSE u

-----------------------------------------------------------------------------
(* Storage and requests *)

OwnGrantPersisted(t, own) ==
  IF Claims(t.s) /\ own # 0 /\ t.s.candidacy.own = 0 THEN BecomeMaster(t) ELSE t

RECURSIVE SendHeld(_, _)
SendHeld(t, held) ==
  IF held = <<>> THEN t ELSE SendHeld(Send(t, Head(held).to, Head(held).body), Tail(held))

(* The first k writes are on stable storage. *)
OnPersisted(t, k) ==
  LET s == t.s
      stable == Greatest({s.stable} \cup
        {s.writes[n].last : n \in {m \in 1..k : s.writes[m].write = "append"}})
      isOut(h) == h.ticket <= k
      isHeld(h) == h.ticket > k
      waiting == SelectSeq(s.held, isHeld)
      now == [s EXCEPT
                !.stable = stable, !.writes = SubSeq(@, k + 1, Len(@)),
                !.held = [n \in 1..Len(waiting) |-> [waiting[n] EXCEPT !.ticket = @ - k]],
                !.candidacy.own = IF @ > k THEN @ - k ELSE 0]
      own == IF s.candidacy.own > k THEN 0 ELSE s.candidacy.own
      sent == SendHeld(With(t, now), SelectSeq(s.held, isOut))
      after == OwnGrantPersisted(sent, own)
  IN  IF stable = s.stable THEN after
      ELSE IF IsMaster(after.s) THEN Commit(after)
      ELSE IF after.s.role = "BACKUP" /\ Follows(after.s) THEN AcknowledgeEntries(after)
      ELSE after

OnAdmit(t, count) == SendEntriesTo(AppendRun(t, t.s.known, count), Others(t.self))
OnExecuted(t, n) == AnswerClients([t EXCEPT !.s.executed = Greater(@, n)])

(* So many reads have been evaluated in this tenure. *)
OnQueried(t, n) ==
  IF IsMaster(t.s) THEN AnswerClients([t EXCEPT !.s.tenure.queried = n]) ELSE t

(* A snapshot stands for the entries up to one. *)
OnCompacted(t, n) == [t EXCEPT !.s.floor = Greater(@, n)]

(* A back-up's results differ from the master's: it is told to stop. *)
OnDiverged(t, p) ==
  IF IsMaster(t.s) THEN Send(t, p, [type |-> "Fence", epoch |-> t.s.known]) ELSE t

(* The disk after a write. *)
Written(disk, w) ==
  CASE w.write = "epoch"  -> [disk EXCEPT !.epoch = w.epoch]
    [] w.write = "append" -> [disk EXCEPT !.log = @ \o w.entries]
    [] w.write = "cut"    -> [disk EXCEPT !.log = SubSeq(@, 1, w.after)]

RECURSIVE WrittenAll(_, _)
WrittenAll(disk, writes) ==
  IF writes = <<>> THEN disk ELSE WrittenAll(Written(disk, Head(writes)), Tail(writes))
=============================================================================
