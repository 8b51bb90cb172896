package org.mastership.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mastership.node.config.ServerConfiguration.Address;

class AddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"server1:7001", "127.0.0.1:1", "[::1]:65535"})
  void anAddressIsReadAsItIsWritten(String text) {
    assertThat(Address.parse(text).toString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", ":1", "server1", "server1:", "server1:0", "a:65536", "a:b", "[]:1"})
  void whatIsNoAddressIsNamed(String text) {
    assertThatThrownBy(() -> Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not host:port");
  }
}
