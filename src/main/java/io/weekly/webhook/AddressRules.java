package io.weekly.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses endpoints may have: public ones, and those of {@code weekly.webhook.allowed-private}. Otherwise a tenant could let the
 * service send requests to the servers of its own network, such as a database or the metadata of a cloud.
 *
 * <p>The ranges are those that the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890) do not call globally reachable, and
 * multicast. 168.63.129.16 is a public address by its range, and leads to the platform of Azure from each of its machines
 * (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16). Of IPv6 only
 * {@code 2000::/3} is public. So NAT64 ({@code 64:ff9b::/96}), which leads to any IPv4 address, is refused. 6to4
 * ({@code 2002::/16}) and Teredo ({@code 2001::/32}) lead to IPv4 addresses too.
 */
final class AddressRules {

    private static final List<AddressRange> SPECIAL_IPV4 = ranges(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");
    private static final AddressRange GLOBAL_IPV6 = AddressRange.of("2000::/3");
    private static final List<AddressRange> SPECIAL_IPV6 =
            ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private final List<AddressRange> allowed;

    /** @param allowed private ranges that are allowed */
    AddressRules(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::of).toList();
    }

    /** Whether the service may connect to the address. */
    boolean allow(InetAddress address) {
        return isPublic(address) || allowed.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean isPublic(InetAddress address) {
        return address instanceof Inet4Address
                ? SPECIAL_IPV4.stream().noneMatch(range -> range.contains(address))
                : GLOBAL_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(range -> range.contains(address));
    }
}
