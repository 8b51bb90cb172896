/** What operators and their tools ask a server over HTTP: its health, its role and its metrics. */
@NullMarked
package org.mastership.node.http;

import org.jspecify.annotations.NullMarked;
