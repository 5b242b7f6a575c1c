package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.InternetAddress;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class SenderNameTest {

    @Example
    void aMailProgramShowsTheName() throws Exception {
        assertThat(personal("Boulangerie de l'Aubépine")).isEqualTo("Boulangerie de l'Aubépine");
        assertThat(personal("Acme (EU) [1] \"Sons\"")).isEqualTo("Acme (EU) [1] \"Sons\"");
        assertThat(personal("Acme \\ Sons \\")).isEqualTo("Acme \\ Sons \\");
        assertThat(personal("Bäcker \"Süß\" (EU)")).isEqualTo("Bäcker \"Süß\" (EU)");
        assertThat(personal("Acme <x@evil.test>")).isEqualTo("Acme  x@evil.test");
        assertThat(personal("Καφενείο ".repeat(12).strip())).isEqualTo("Καφενείο ".repeat(12).strip());
    }

    @Example
    void invisibleCharactersAreTakenOutAndLeaveNoEmptyName() throws Exception {
        assertThat(personal("Acme\u202E\u200B Sons")).isEqualTo("Acme Sons");
        assertThat(personal("👩\u200D👧 می\u200Cخواهم")).isEqualTo("👩\u200D👧 می\u200Cخواهم");
        assertThat(new String[] {"<>", "()\"\\", "\u200B", "\u202E", "\u200D", "\u00A0", ""}).noneMatch(SenderName::isVisible);
        assertThat(new String[] {"Acme", "京", "🚀", "!"}).allMatch(SenderName::isVisible);
    }

    @Property(tries = 300)
    void noNameEndsTheHeaderOrChangesTheAddress(@ForAll @StringLength(min = 1, max = 200) String name) throws Exception {
        var header = SenderName.before("reports@weekly.test", "x" + name);

        assertThat(header.replace("\r\n ", "")).doesNotContain("\r", "\n");
        assertThat(("From: " + header).split("\r\n")).allMatch(line -> line.length() <= 76);
        assertThat(header.chars()).allMatch(character -> character < 128);
        assertThat(new InternetAddress(header, true).getAddress()).isEqualTo("reports@weekly.test");
    }

    private static String personal(String name) throws Exception {
        return new InternetAddress(SenderName.before("reports@weekly.test", name), true).getPersonal();
    }
}
