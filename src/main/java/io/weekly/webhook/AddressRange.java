package io.weekly.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * A range of IP addresses, written as {@code 10.0.0.0/8} or {@code fd00::/8} (CIDR, RFC 4632 and RFC 4291).
 *
 * @param bytes the first address: 4 bytes for IPv4, 16 for IPv6
 * @param bits how many of its first bits all addresses of the range have
 */
public record AddressRange(List<Byte> bytes, int bits) {

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]{2,45})/([0-9]{1,3})");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** Reads a range. Fails if it is none, or if the address has bits outside of the prefix. */
    public static AddressRange of(String text) {
        var parts = FORM.matcher(text.strip());
        if (parts.matches() && (parts.group(1).contains(":") || IPV4.matcher(parts.group(1)).matches())) {
            var address = IpLiteral.parse(parts.group(1));
            var bits = Integer.parseInt(parts.group(2));
            if (address.isPresent() && bits <= address.get().getAddress().length * 8) {
                return of(address.get().getAddress(), bits, text);
            }
        }
        throw new IllegalArgumentException("'%s' is not a range of addresses: write it like 10.1.2.0/24 or fd00:1::/64".formatted(text));
    }

    private static AddressRange of(byte[] address, int bits, String text) {
        for (var bit = bits; bit < address.length * 8; bit++) {
            if (bit(address, bit)) {
                throw new IllegalArgumentException("'%s' names an address and not the start of a range".formatted(text));
            }
        }
        var bytes = new ArrayList<Byte>();
        for (var one : address) {
            bytes.add(one);
        }
        return new AddressRange(List.copyOf(bytes), bits);
    }

    /** Whether the address is in the range. No IPv6 range contains an IPv4 address. */
    boolean contains(InetAddress address) {
        var other = address.getAddress();
        if (other.length != bytes.size()) {
            return false;
        }
        for (var bit = 0; bit < bits; bit++) {
            if (bit(other, bit) != ((bytes.get(bit / 8) >> 7 - bit % 8 & 1) == 1)) {
                return false;
            }
        }
        return true;
    }

    private static boolean bit(byte[] address, int bit) {
        return (address[bit / 8] >> 7 - bit % 8 & 1) == 1;
    }

    /** Reads a range from the configuration, with the message of the failure. */
    @RegisterForReflection // the configuration creates it by its name
    public static final class Reader implements Converter<AddressRange> {
        @Override
        public AddressRange convert(String text) {
            return of(text);
        }
    }
}
