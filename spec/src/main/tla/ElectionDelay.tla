---------------------------- MODULE ElectionDelay ----------------------------
(***************************************************************************)
(* R11 (claims 9 to 13): how long each back-up waits before it declares.   *)
(* The back-ups stand in a sequence b, in the order of their index, the    *)
(* failed master left out; delay[j][k] is the longest delay of a message   *)
(* from server j to server k. D is a sequence too: D[n] is for b[n].       *)
(* The counterpart of core's ElectionDelay; a test compares the two.       *)
(***************************************************************************)
EXTENDS Integers, Sequences

LOCAL Max(set) == CHOOSE n \in set : \A m \in set : m <= n

(* As claimed: each preferred back-up adds its longest delay to those that still wait. *)
RECURSIVE Sum(_, _, _, _)
LOCAL Longest(b, delay, j, i) == Max({delay[b[j]][b[k]] : k \in i..Len(b)})
Sum(b, delay, j, i) ==
  IF j = i THEN 0 ELSE Longest(b, delay, j, i) + Sum(b, delay, j + 1, i)
Claims(b, delay, base) == [i \in 1..Len(b) |-> base + Sum(b, delay, 1, i)]

(* Tight: each preferred back-up that fires is heard before the next one fires, also where it
   detected the failure up to s later; nothing longer is waited. *)
RECURSIVE TightUpTo(_, _, _, _, _)
TightUpTo(b, delay, base, s, i) ==
  IF i = 0 THEN <<>>
  ELSE LET D == TightUpTo(b, delay, base, s, i - 1)
       IN  Append(D, Max({base} \cup {D[j] + delay[b[j]][b[i]] + s : j \in 1..(i - 1)}))
Tight(b, delay, base, s) == TightUpTo(b, delay, base, s, Len(b))

(* The bound that an election delay must keep: module TimedElection shows that it is enough, and
   that one less is not. *)
Separates(b, delay, s, D) ==
  \A i \in 1..Len(b) : \A j \in 1..(i - 1) : D[i] >= D[j] + delay[b[j]][b[i]] + s
=============================================================================
