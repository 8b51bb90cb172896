---- MODULE Counter ----
EXTENDS Integers
VARIABLES count, last
Init == count = 0 /\ last = <<>>
Up == count < 3 /\ count' = count + 1 /\ UNCHANGED last
Down(n) == count = 3 /\ count' = n /\ last' = <<n, [of |-> "Down"]>>
Leap == count > 10 /\ count' = 0 /\ UNCHANGED last
Next == Up \/ (\E n \in 0..1 : Down(n)) \/ Leap
Spec == Init /\ [][Next]_<<count, last>> /\ WF_<<count, last>>(Next)
AtMostThree == count <= 3
AtMostTwo == count <= 2
Grows == [][count' >= count]_count
Settles == <>[](count = 3)
IsTwo == count = 2
IsFive == count = 5
====
