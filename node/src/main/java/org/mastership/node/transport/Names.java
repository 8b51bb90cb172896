package org.mastership.node.transport;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Looks hosts up as this machine is set up to, but on threads beside the event loop: a name server
 * that does not answer must not stop a server. One thread for each look-up under way, of which a
 * dialer has one at most.
 */
final class Names extends AddressResolverGroup<InetSocketAddress> {
  static final Names OF_THIS_MACHINE = new Names();

  private final ExecutorService threads =
      Executors.newCachedThreadPool(new DefaultThreadFactory("names", true));

  private Names() {}

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new Resolver(executor, threads).asAddressResolver();
  }

  private static final class Resolver extends InetNameResolver {
    private final ExecutorService threads;

    Resolver(EventExecutor executor, ExecutorService threads) {
      super(executor);
      this.threads = threads;
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> found) {
      byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
      if (literal == null) {
        threads.execute(() -> lookUp(host, found));
      } else {
        succeed(literal, found);
      }
    }

    private static void succeed(byte[] literal, Promise<InetAddress> found) {
      try {
        found.setSuccess(InetAddress.getByAddress(literal));
      } catch (UnknownHostException e) {
        found.setFailure(e);
      }
    }

    private static void lookUp(String host, Promise<InetAddress> found) {
      try {
        found.trySuccess(InetAddress.getByName(host));
      } catch (UnknownHostException e) {
        found.tryFailure(new UnknownHostException("the host name '" + host + "' is not known"));
      }
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> found) {
      Promise<InetAddress> first = executor().newPromise();
      doResolve(host, first);
      first.addListener(
          done -> {
            if (first.isSuccess()) {
              found.setSuccess(List.of(first.getNow()));
            } else {
              found.setFailure(first.cause());
            }
          });
    }
  }
}
