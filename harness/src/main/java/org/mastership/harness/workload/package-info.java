/** Clients that ask a group all the time and write down what they are told. */
@NullMarked
package org.mastership.harness.workload;

import org.jspecify.annotations.NullMarked;
