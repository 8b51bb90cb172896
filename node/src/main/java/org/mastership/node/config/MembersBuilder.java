package org.mastership.node.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mastership.core.GroupConfiguration;
import org.mastership.node.config.ServerConfiguration.Address;
import org.mastership.node.config.ServerConfiguration.Member;

/** Makes the list of a group's servers; what two of them may not share is a problem. */
final class MembersBuilder {
  /** Names become parts of paths, of metrics and of lines in logs. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private static final Address NOWHERE = new Address("", 0);

  private final Problems problems;
  private final Values values;
  private final Map<String, String> taken = new HashMap<>();
  private List<Integer> ratings = List.of();

  MembersBuilder(Problems problems, Values values) {
    this.problems = problems;
    this.values = values;
  }

  /** All servers; empty where there can be no group of them. */
  List<Member> members(
      @Nullable List<ConfigurationFile.@Nullable Server> servers, RankedBy rankedBy) {
    if (servers == null || servers.isEmpty()) {
      problems.missing("servers", "list the name and the address of each server of the group");
      return List.of();
    }
    if (servers.size() > GroupConfiguration.MOST_SERVERS) {
      problems.add(
          "servers",
          servers.size() + " are too many; a group has 2 to " + GroupConfiguration.MOST_SERVERS);
      return List.of();
    }
    List<ConfigurationFile.Server> given = given(servers);
    Indexes ranked = new Indexes(given, values, problems);
    List<Integer> indexes = ranked.of(rankedBy);
    ratings = ranked.ratings();
    List<Member> members = new ArrayList<>();
    for (int place = 0; place < given.size(); place++) {
      members.add(
          member("servers[" + place + "]", place + 1, given.get(place), indexes.get(place)));
    }
    if (members.size() == 1) {
      problems.add(
          "servers",
          "a group of one has nobody to take over; list 2 to "
              + GroupConfiguration.MOST_SERVERS
              + " servers (3 or more to survive a crash under quorum)");
    }
    return members;
  }

  /** What each of the servers is given to be rated by; 0 for what it has to measure. */
  List<Integer> ratings() {
    return ratings;
  }

  private static List<ConfigurationFile.Server> given(
      List<ConfigurationFile.@Nullable Server> servers) {
    List<ConfigurationFile.Server> given = new ArrayList<>();
    for (ConfigurationFile.Server server : servers) {
      given.add(server == null ? ConfigurationFile.Server.EMPTY : server);
    }
    return given;
  }

  private Member member(String key, int number, ConfigurationFile.Server server, int index) {
    String name = values.required(key + ".name", server.name(), "give the server a name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      problems.add(
          key + ".name",
          "'" + name + "' is not a name; use up to 63 letters, digits, '.', '_' and '-'");
    }
    String text = values.required(key + ".address", server.address(), "give its host:port");
    Optional<Address> address =
        text.isEmpty() ? Optional.empty() : values.address(key + ".address", text);
    String who = "server '" + name + "'";
    if (!name.isEmpty()) {
      claim(key + ".name", "the name '" + name + "'", key);
    }
    address.ifPresent(its -> claim(key + ".address", "the address " + its, who));
    claim(key + ".index", "the index " + index, who);
    return new Member(name, number, index, address.orElse(NOWHERE));
  }

  private void claim(String key, String what, String who) {
    String other = taken.putIfAbsent(what, who);
    if (other != null) {
      problems.add(key, what + " is already that of " + other + "; give each server its own");
    }
  }
}
