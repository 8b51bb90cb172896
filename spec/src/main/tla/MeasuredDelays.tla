---------------------------- MODULE MeasuredDelays ----------------------------
(***************************************************************************)
(* R11 where delays are measured: a master gives each back-up its election *)
(* delay in replies. It can not change two back-ups' delays at once, what  *)
(* was measured changes all the time, and messages are lost, repeated and  *)
(* overtaken; yet what the back-ups hold must keep them apart all along.   *)
(* The back-ups are 1..N in the order of their index; the master is none   *)
(* of them. A table has, for j < i, the delay from j to i with the skew s  *)
(* added. What is measured is never below what Real has. A silent back-up  *)
(* is one that the master has not heard for P + T: by then nothing of it   *)
(* or to it is under way. The counterpart of core's class DelayOffer.      *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, ElectionDelay

CONSTANTS
  N,          \* the number of back-ups
  Base,       \* D(1)
  Configured, \* the table of the configured maxima
  Tables,     \* the tables that may be measured
  Real,       \* the table of the delays that messages really have at most
  Inquiries,  \* how many inquiries of a back-up there may be
  Failures,   \* how often a back-up may start anew or fall silent
  Removed     \* what is left out, to see that it is needed

VARIABLES
  table,   \* what is measured now
  held,    \* the election delay that each back-up has
  placed,  \* whether it has it from this master, since it was last away
  taken,   \* the number of the inquiry whose reply it was in
  asked,   \* how many inquiries it has sent
  said,    \* what the master last heard that it holds; 0 for nothing
  given,   \* what the master gave it last; 0 for nothing
  answered,\* the number of the inquiry that this was the answer to
  net,     \* the messages under way; they may arrive any number of times, or never
  failures \* how many failures may still come

vars == <<table, held, placed, taken, asked, said, given, answered, net, failures>>

Backups == 1..N
Order == [i \in Backups |-> i]
Zero == [i \in Backups |-> 0]
AsConfigured == Tight(Order, Configured, Base, 0)
Max(set) == CHOOSE n \in set : \A m \in set : m <= n
Min(set) == CHOOSE n \in set : \A m \in set : n <= m

Init ==
  /\ table = Configured
  /\ held = AsConfigured /\ placed = [i \in Backups |-> FALSE]
  /\ taken = Zero /\ asked = Zero /\ said = Zero /\ given = Zero /\ answered = Zero
  /\ net = {} /\ failures = Failures

Measure(t) ==
  /\ t # table /\ table' = t
  /\ UNCHANGED <<held, placed, taken, asked, said, given, answered, net, failures>>

Inquire(i) ==
  /\ asked[i] < Inquiries
  /\ asked' = [asked EXCEPT ![i] = @ + 1]
  /\ net' = net \cup {[type |-> "Inquiry", of |-> i, n |-> asked'[i], nanos |-> held[i]]}
  /\ UNCHANGED <<table, held, placed, taken, said, given, answered, failures>>

(* What the master knows of a back-up: it has one of these delays. *)
Arrived(i, says) == given[i] = 0 \/ given[i] = says[i]
May(i, says) == IF given[i] = 0 THEN {says[i]} ELSE {says[i], given[i]}

(* As near to what follows from the measured delays as is apart from what each other may have;
   0 where nothing is. *)
Chosen(i, says) ==
  LET heard == {j \in Backups \ {i} : says[j] # 0}
      from == UNION {{d + table[j][i] : d \in May(j, says)} : j \in {j \in heard : j < i}}
      upTo == UNION {{d - table[i][k] : d \in May(k, says)} : k \in {k \in heard : k > i}}
      least == Max({Base} \cup from)
      target == Max({least, Tight(Order, table, Base, 0)[i]})
      most == IF upTo = {} THEN target ELSE Min(upTo)
  IN  IF "room" \in Removed THEN target
      ELSE IF least > most THEN 0 ELSE Min({target, most})

Answer(i) == \E msg \in net :
  /\ msg.type = "Inquiry" /\ msg.of = i /\ msg.n > answered[i]
  /\ LET says == [said EXCEPT ![i] = msg.nanos]
         delay == IF Arrived(i, says) \/ "arrival" \in Removed THEN Chosen(i, says) ELSE given[i]
     IN  /\ said' = says
         /\ IF delay = 0 THEN UNCHANGED <<given, answered, net>>
            ELSE /\ given' = [given EXCEPT ![i] = delay]
                 /\ answered' = [answered EXCEPT ![i] = msg.n]
                 /\ net' = net \cup {[type |-> "Reply", of |-> i, n |-> msg.n, nanos |-> delay]}
  /\ UNCHANGED <<table, held, placed, taken, asked, failures>>

Take(i) == \E msg \in net :
  /\ msg.type = "Reply" /\ msg.of = i
  /\ msg.n > taken[i] \/ "order" \in Removed
  /\ held' = [held EXCEPT ![i] = msg.nanos]
  /\ placed' = [placed EXCEPT ![i] = TRUE]
  /\ taken' = [taken EXCEPT ![i] = msg.n]
  /\ UNCHANGED <<table, asked, said, given, answered, net, failures>>

(* A back-up starts anew: with the configured delay, and nothing that was sent to it before. *)
Restart(i) ==
  /\ failures > 0 /\ failures' = failures - 1
  /\ held' = [held EXCEPT ![i] = AsConfigured[i]]
  /\ placed' = [placed EXCEPT ![i] = FALSE]
  /\ taken' = [taken EXCEPT ![i] = 0]
  /\ net' = {msg \in net : msg.of # i}
  /\ UNCHANGED <<table, asked, said, given, answered>>

(* The master has not heard a back-up for P + T. *)
FallSilent(i) ==
  /\ failures > 0 /\ failures' = failures - 1
  /\ placed' = [placed EXCEPT ![i] = FALSE]
  /\ said' = [said EXCEPT ![i] = 0]
  /\ given' = [given EXCEPT ![i] = 0]
  /\ net' = {msg \in net : msg.of # i}
  /\ UNCHANGED <<table, held, taken, asked, answered>>

Next ==
  \/ \E t \in Tables : Measure(t)
  \/ \E i \in Backups : Inquire(i) \/ Answer(i) \/ Take(i) \/ Restart(i) \/ FallSilent(i)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* The bound of R11, between all that have their delay from this master. *)
Apart ==
  \A i \in Backups : \A j \in 1..(i - 1) :
    placed[i] /\ placed[j] => held[i] >= held[j] + Real[j][i]

(* Interesting states *)
AllShort == \A i \in Backups : placed[i] /\ held[i] = Tight(Order, Real, Base, 0)[i]
LongAgain ==
  /\ \A i \in Backups : taken[i] > 1 /\ placed[i] /\ held[i] = AsConfigured[i]
  /\ \E msg \in net : msg.nanos < AsConfigured[msg.of]
=============================================================================
