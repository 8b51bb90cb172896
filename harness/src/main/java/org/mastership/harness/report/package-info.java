/** Runs as web pages that need nothing but a browser, and an index of runs. */
@NullMarked
package org.mastership.harness.report;

import org.jspecify.annotations.NullMarked;
