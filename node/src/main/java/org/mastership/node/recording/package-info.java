/** The recording of a server's inputs, and running it through the protocol again. */
@NullMarked
package org.mastership.node.recording;

import org.jspecify.annotations.NullMarked;
