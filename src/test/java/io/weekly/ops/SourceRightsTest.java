package io.weekly.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceRightsTest {

    /** Lines as MySQL 9 and MariaDB 11.4 write them. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "GRANT USAGE ON *.* TO `weekly_source`@`%` IDENTIFIED BY PASSWORD '*ABC' ; []",
        "GRANT SELECT ON `weekly`.`metric` TO `weekly_source`@`%` ; []",
        "GRANT SELECT (`id`, `slug`), SHOW VIEW ON `weekly`.`tenant` TO `weekly_source`@`%` ; []",
        "GRANT SELECT, INSERT, UPDATE (`name`, `insert`), DELETE ON `weekly`.* TO `app`@`%` ; [DELETE, INSERT, UPDATE]",
        "GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION ; [ALL PRIVILEGES, GRANT OPTION]",
        "GRANT SELECT, FILE, SUPER ON *.* TO `app`@`%` REQUIRE SSL ; [FILE, SUPER]",
        "GRANT SELECT, DROP ON `on top`.* TO `to`@`%` ; [DROP]",
        "GRANT `reader`@`%` TO `app`@`%` ; []"})
    void rightsBeyondReadingAreNamed(String line, String rights) {
        assertThat(SourceRights.beyondReading(line.strip())).hasToString(rights);
    }
}
