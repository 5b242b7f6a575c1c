package io.weekly.delivery.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmazonAddressTest {

    private static final String FILE = "/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";
    private static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:ses-events";

    @ParameterizedTest
    @CsvSource({
        "sns.eu-west-1.amazonaws.com,     arn:aws:sns:eu-west-1:123456789012:ses",
        "sns.us-gov-west-1.amazonaws.com, arn:aws-us-gov:sns:us-gov-west-1:123456789012:ses",
        "sns.cn-north-1.amazonaws.com.cn, arn:aws-cn:sns:cn-north-1:123456789012:ses"
    })
    void theHostOfAmazonSnsInTheRegionOfTheTopicIsCalled(String host, String topic) {
        assertThat(AmazonAddress.ofCertificate("https://" + host + FILE, topic)).isPresent();
        assertThat(AmazonAddress.ofConfirmation("https://" + host + "/?Action=ConfirmSubscription&TopicArn=arn&Token=abc", topic))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://sns.eu-west-1.amazonaws.com", "https://sns.eu-west-1.amazonaws.com:8443",
        "https://sns.eu-west-1.amazonaws.com:443", "https://a@sns.eu-west-1.amazonaws.com",
        "https://sns.eu-west-1.amazonaws.com@evil.test", "https://evil.test#sns.eu-west-1.amazonaws.com",
        "https://sns.eu-west-1.amazonaws.com.evil.test", "https://sns.eu.west.1.amazonaws.com",
        "https://sns.eu-west-1.amazonaws.com.cn.test", "https://evilsns.eu-west-1.amazonaws.com", "https://sns.amazonaws.com",
        "https://sns..amazonaws.com", "https://SNS.eu-west-1.amazonaws.com", "https://s3.eu-west-1.amazonaws.com",
        "https://sns.eu-west-1.amazonaws.com\\.evil.test", "https://127.0.0.1", "https://[::1]",
        "https://sns.eu-west-1.amazonaws.com%2eevil.test", "file://sns.eu-west-1.amazonaws.com", "//sns.eu-west-1.amazonaws.com",
        "https://sns.s3-us-west-2.amazonaws.com", "https://sns.s3.amazonaws.com", "https://sns.us-east-1.amazonaws.com",
        "https://sns.eu-west-1.amazonaws.com.cn", "https:", ""
    })
    void noOtherHostIsCalled(String start) {
        assertThat(AmazonAddress.ofCertificate(start + FILE, TOPIC)).isEmpty();
        assertThat(AmazonAddress.ofConfirmation(start + "/?Action=ConfirmSubscription&Token=abc", TOPIC)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/x.txt", "/.pem/", "/a/b.pem", "/x.pem?y", "/x.pem#y", "/../x.pem", "/x%2f.pem", "/?x.pem", "/x.pem;y"
    })
    void noOtherFileIsACertificate(String path) {
        assertThat(AmazonAddress.ofCertificate("https://sns.eu-west-1.amazonaws.com" + path, TOPIC)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/?Action=Publish&x=ConfirmSubscription", "/x?Action=ConfirmSubscription&", "/?action=ConfirmSubscription&"
    })
    void noOtherCallConfirmsASubscription(String path) {
        assertThat(AmazonAddress.ofConfirmation("https://sns.eu-west-1.amazonaws.com" + path, TOPIC)).isEmpty();
    }
}
