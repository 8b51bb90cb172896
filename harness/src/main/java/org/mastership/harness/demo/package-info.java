/**
 * The demonstration: a group of real processes under load, whose master is killed again and again,
 * and a verdict on what its clients saw.
 */
@NullMarked
package org.mastership.harness.demo;

import org.jspecify.annotations.NullMarked;
