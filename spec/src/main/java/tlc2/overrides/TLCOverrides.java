package tlc2.overrides;

import org.mastership.spec.trace.TraceLine;

/** TLC looks for a class of this name: it says which operators of the modules Java gives. */
public final class TLCOverrides implements ITLCOverrides {
  @Override
  @SuppressWarnings("rawtypes")
  public Class[] get() {
    return new Class[] {TraceLine.class};
  }
}
