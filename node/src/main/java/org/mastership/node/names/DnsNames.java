package org.mastership.node.names;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mastership.core.Epoch;
import org.mastership.node.config.ServerConfiguration.Address;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TSIG;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.Update;

/**
 * A group's entry in a DNS zone, written by dynamic update (RFC 2136). A text record at {@code
 * _epoch.GROUP.ZONE} has the registration, and each update has its old value as prerequisite, which
 * makes the compare-and-set. With it change, for clients of other makes, the service record at
 * {@code _mastership._tcp.GROUP.ZONE} and the address at {@code master.GROUP.ZONE}.
 */
final class DnsNames implements NameServer {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_ATTEMPTS = 5;
  private static final int PARTS = 3;

  private final Address server;
  private final @Nullable TSIG key;
  private final Name zone;
  private final Name epochName;
  private final Name serviceName;
  private final Name masterName;
  private final int lifeSeconds;

  DnsNames(Address server, String group, String zone, @Nullable TSIG key, int lifeSeconds) {
    this.server = server;
    this.key = key;
    this.lifeSeconds = lifeSeconds;
    try {
      this.zone = Name.fromString(zone, Name.root);
      Name origin = Name.fromString(group, this.zone);
      this.epochName = Name.fromString("_epoch", origin);
      this.serviceName = Name.fromString("_mastership._tcp", origin);
      this.masterName = Name.fromString("master", origin);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(
          "group " + group + " in zone " + zone + " is no name in DNS: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<Registration> lookUp() throws NameServerException {
    TXTRecord stored = read();
    return stored == null ? Optional.empty() : Optional.of(registration(stored));
  }

  @Override
  public Registration publish(Registration registration) throws NameServerException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      TXTRecord stored = read();
      if (stored != null) {
        Registration there = registration(stored);
        if (!registration.epoch().isAbove(there.epoch())) {
          return there;
        }
      }
      if (replace(stored, registration)) {
        return registration;
      }
    }
    throw failed("is written to by others all the time", null);
  }

  /** Writes the records if the text record is still the one that was read. */
  private boolean replace(@Nullable TXTRecord stored, Registration registration)
      throws NameServerException {
    Update update = new Update(zone);
    if (stored == null) {
      update.absent(epochName, Type.TXT);
    } else {
      // A prerequisite on a value has no time to live (RFC 2136, 2.4.2).
      update.present(new TXTRecord(epochName, DClass.IN, 0, stored.getStrings()));
    }
    update.delete(epochName, Type.TXT);
    update.add(text(registration));
    update.delete(masterName, Type.A);
    update.delete(masterName, Type.AAAA);
    update.delete(serviceName, Type.SRV);
    update.add(service(update, registration.address()));
    int code = send(update).getRcode();
    if (code == Rcode.NXRRSET || code == Rcode.YXRRSET) {
      return false;
    }
    if (code != Rcode.NOERROR) {
      throw refused(code);
    }
    return true;
  }

  private Record text(Registration registration) {
    List<String> parts =
        List.of(
            Long.toString(registration.epoch().token()),
            registration.address().toString(),
            registration.master());
    return new TXTRecord(epochName, DClass.IN, lifeSeconds, parts);
  }

  /** The service record; an address that is not a name gets one, in the same update. */
  private Record service(Update update, Address address) throws NameServerException {
    Name target = masterName;
    try {
      byte[] literal = NetUtil.createByteArrayFromIpAddressString(address.host());
      if (literal == null) {
        target = Name.fromString(address.host(), Name.root);
      } else {
        update.add(address(InetAddress.getByAddress(literal)));
      }
    } catch (IOException e) {
      throw failed("has no use for the address " + address, e);
    }
    return new SRVRecord(serviceName, DClass.IN, lifeSeconds, 0, 0, address.port(), target);
  }

  private Record address(InetAddress address) {
    return address instanceof Inet4Address
        ? new ARecord(masterName, DClass.IN, lifeSeconds, address)
        : new AAAARecord(masterName, DClass.IN, lifeSeconds, address);
  }

  private @Nullable TXTRecord read() throws NameServerException {
    Message answer = send(Message.newQuery(Record.newRecord(epochName, Type.TXT, DClass.IN)));
    int code = answer.getRcode();
    if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
      throw refused(code);
    }
    for (Record each : answer.getSection(Section.ANSWER)) {
      if (each instanceof TXTRecord found && found.getName().equals(epochName)) {
        return found;
      }
    }
    return null;
  }

  private Registration registration(TXTRecord stored) throws NameServerException {
    List<String> parts = stored.getStrings();
    try {
      if (parts.size() == PARTS) {
        Epoch epoch = Epoch.ofToken(Long.parseLong(parts.get(0)));
        return new Registration(epoch, parts.get(2), Address.parse(parts.get(1)));
      }
    } catch (IllegalArgumentException e) {
      throw failed("has what is not understood: " + stored, e);
    }
    throw failed("has what is not understood: " + stored, null);
  }

  /** Asks with the key, if there is one, and then believes only what is signed with it. */
  private Message send(Message message) throws NameServerException {
    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
    if (address.isUnresolved()) {
      throw failed("is not found: no address of its host is known", null);
    }
    SimpleResolver resolver = new SimpleResolver(address);
    resolver.setTCP(true);
    resolver.setTimeout(PATIENCE);
    resolver.setTSIGKey(key);
    Message answer;
    try {
      answer = resolver.send(message);
    } catch (IOException e) {
      throw failed("does not answer: " + e.getMessage(), e);
    }
    if (key != null && answer.getRcode() == Rcode.NOERROR && !answer.isVerified()) {
      throw failed("gives an answer that is not signed with the key", null);
    }
    return answer;
  }

  private NameServerException refused(int code) {
    return failed(
        "refuses with " + Rcode.string(code) + "; check its zone " + zone + " and the key", null);
  }

  private NameServerException failed(String what, @Nullable Exception cause) {
    return new NameServerException("name server " + server + " " + what, cause);
  }
}
