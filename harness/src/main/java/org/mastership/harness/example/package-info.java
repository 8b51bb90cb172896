/**
 * Made histories of any size, good ones and ones with a violation: to try a checker with, and to
 * measure it.
 */
@NullMarked
package org.mastership.harness.example;

import org.jspecify.annotations.NullMarked;
