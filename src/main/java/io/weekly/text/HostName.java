package io.weekly.text;

import com.ibm.icu.text.IDNA;
import java.util.Locale;
import java.util.Optional;

/**
 * The name of a host in a URL as A-labels, by the same mapping as the domain of a mail address ({@link DomainName}). It may be one label,
 * end with a dot, or be four decimal numbers: whether such a host is allowed is for the caller to say.
 */
public final class HostName {

    private HostName() {}

    /** In lower case. Wide letters, digits and dots become plain ones. Empty if the text is no name (RFC 5891). */
    public static Optional<String> ascii(String text) {
        var info = new IDNA.Info();
        var ascii = DomainName.UTS46.nameToASCII(text, new StringBuilder(), info).toString().toLowerCase(Locale.ROOT);
        return DomainName.ALLOWED.containsAll(info.getErrors()) ? Optional.of(ascii) : Optional.empty();
    }
}
