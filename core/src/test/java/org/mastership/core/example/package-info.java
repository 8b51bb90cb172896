/** How core is embedded, by its public interface alone. */
@NullMarked
package org.mastership.core.example;

import org.jspecify.annotations.NullMarked;
