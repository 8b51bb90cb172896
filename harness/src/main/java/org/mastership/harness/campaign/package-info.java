/** Many runs one after the other, and what came of all of them. */
@NullMarked
package org.mastership.harness.campaign;

import org.jspecify.annotations.NullMarked;
