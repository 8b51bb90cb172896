/** Tests of services under faults, as a user writes them. */
@NullMarked
package org.mastership.harness.junit;

import org.jspecify.annotations.NullMarked;
