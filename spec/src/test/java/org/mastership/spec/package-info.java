/** The models as tests, and tests of what runs them. */
@NullMarked
package org.mastership.spec;

import org.jspecify.annotations.NullMarked;
