package io.weekly.delivery.inbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address of Amazon SNS in a message that is not trusted yet. Only an https address of the SNS host in the region of an allowed topic,
 * without a port or user, is called. So nobody can make the service call another host, such as the one of a bucket that is named
 * {@code sns}, or trust a certificate from there.
 */
record AmazonAddress(URI uri) {

    private static final int MAX_LENGTH = 2000;
    private static final Pattern TOPIC = Pattern.compile("^arn:(aws[a-z-]{0,20}):sns:([a-z0-9-]{3,30}):.*$");
    private static final String CHINA = "aws-cn";
    /** The file name has a hash of the certificate. */
    private static final Pattern CERTIFICATE = Pattern.compile("^/[A-Za-z0-9._-]{1,200}\\.pem$");
    private static final String CONFIRMATION = "Action=ConfirmSubscription&";

    /**
     * The address of a certificate; empty if it is none.
     *
     * @param topicArn of a topic that is allowed
     */
    static Optional<AmazonAddress> ofCertificate(String text, String topicArn) {
        return of(text, topicArn).filter(address -> address.uri.getRawQuery() == null
                && CERTIFICATE.matcher(address.uri.getRawPath()).matches());
    }

    /**
     * The address that confirms a subscription; empty if it is none.
     *
     * @param topicArn of a topic that is allowed
     */
    static Optional<AmazonAddress> ofConfirmation(String text, String topicArn) {
        return of(text, topicArn).filter(address -> address.uri.getRawPath().equals("/")
                && address.uri.getRawQuery() != null && address.uri.getRawQuery().startsWith(CONFIRMATION));
    }

    private static Optional<AmazonAddress> of(String text, String topicArn) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var uri = new URI(text);
            var isAmazon = "https".equals(uri.getScheme())
                    && uri.getHost() != null && host(topicArn).filter(uri.getHost()::equals).isPresent()
                    && uri.getRawAuthority().equals(uri.getHost())
                    && uri.getRawFragment() == null;
            return isAmazon ? Optional.of(new AmazonAddress(uri)) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static Optional<String> host(String topicArn) {
        return TOPIC.matcher(topicArn).results()
                .map(arn -> "sns.%s.amazonaws.com%s".formatted(arn.group(2), arn.group(1).equals(CHINA) ? ".cn" : ""))
                .findFirst();
    }

    String host() {
        return uri.getHost();
    }
}
