/** What can be done to the network between servers, and relays that do it. */
@NullMarked
package org.mastership.harness.network;

import org.jspecify.annotations.NullMarked;
