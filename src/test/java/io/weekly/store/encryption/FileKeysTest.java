package io.weekly.store.encryption;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.keys.TestKeyring;
import io.weekly.store.ReportStore;
import io.weekly.store.StoreConfig.Encryption;
import io.weekly.store.TestStoreConfig;
import io.weekly.testing.Concurrently;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class FileKeysTest {

    private static final String REPORT = "019ab2f07c1e7d3a9f4be2a1c05d6e7f";
    private static final byte[] CONTENT = {1, 2, 3};

    @Inject World world;

    @Inject FileKeys keys;

    @Inject FileKeyRows rows;

    @Inject KeySets keySets;

    @Inject ReportStore store;

    @Inject FileVault vault;

    /** As if each call came from a process of its own, with an empty cache. */
    @Test
    void processesThatMakeTheFirstFileAtTheSameTimeGetOneKeySet() throws Exception {
        var tenant = world.tenant();

        var found = Concurrently.times(16, () -> {
            get(rows.create(keySets.create(tenant.id())));
            return get(rows.find(tenant.id())).orElseThrow();
        });

        assertThat(found).containsOnly(found.getFirst());
        assertThat(world.count("SELECT COUNT(*) FROM file_keys WHERE tenant_id = ?", tenant.id())).isOne();
    }

    @Test
    void aTenantGetsItsKeySetWithItsFirstFileAndKeepsIt() {
        var tenant = world.tenant();
        assertThat(get(keys.find(tenant.id()))).isEmpty();

        var file = TestVault.put(get(vault.toWrite(tenant.id())), tenant.id(), REPORT, "pdf", CONTENT);
        var row = get(rows.find(tenant.id()));
        var second = TestVault.put(get(vault.toWrite(tenant.id())), tenant.id(), REPORT, "csv", CONTENT);

        assertThat(get(rows.find(tenant.id()))).isEqualTo(row);
        var files = get(vault.toRead(tenant.id(), List.of(file.path(), second.path())));
        assertThat(files.read(file)).isEqualTo(CONTENT);
        assertThat(files.read(second)).isEqualTo(CONTENT);
    }

    /** Nobody would delete it: the erasure of the tenant may be over. */
    @Test
    void aTenantThatHasEndedGetsNoKeySet() {
        var tenant = world.tenant();
        world.sql("UPDATE tenant SET ended_at = NOW(6) WHERE id = ?", tenant.id());

        assertThatThrownBy(() -> get(vault.toWrite(tenant.id()))).hasMessageContaining("no file keys");
        assertThat(get(rows.find(tenant.id()))).isEmpty();
    }

    @Test
    void afterTheDeletionOfTheKeySetItsFilesCannotBeRead() {
        var tenant = world.tenant();
        var file = TestVault.put(get(vault.toWrite(tenant.id())), tenant.id(), REPORT, "pdf", CONTENT);

        get(keys.delete(tenant.id()));
        get(keys.delete(tenant.id()));

        assertThatThrownBy(() -> get(vault.toRead(tenant.id(), List.of(file.path())))).hasMessageContaining("no file keys");
        assertThat(store.find(file.path())).isPresent();
    }

    @Test
    void olderFilesStayReadableAfterTheEncryptionIsSwitchedOnAndOff() {
        var tenant = world.tenant();
        var on = vault(Encryption.ON);
        var off = vault(Encryption.OFF);
        var plain = TestVault.put(get(off.toWrite(tenant.id())), tenant.id(), REPORT, "pdf", CONTENT);
        var encrypted = TestVault.put(get(on.toWrite(tenant.id())), tenant.id(), REPORT, "csv", CONTENT);
        assertThat(plain.isEncrypted()).isFalse();
        assertThat(encrypted.isEncrypted()).isTrue();

        for (var vault : List.of(on, off)) {
            var files = get(vault.toRead(tenant.id(), List.of(plain.path(), encrypted.path())));
            assertThat(files.read(plain)).isEqualTo(CONTENT);
            assertThat(files.read(encrypted)).isEqualTo(CONTENT);
        }
    }

    private FileVault vault(Encryption encryption) {
        return new FileVault(store, keys, new TestStoreConfig(store.root(), encryption));
    }

    @Test
    void withoutAKeyTheEncryptionStopsTheStartAndNamesBothSettings() {
        var on = vault(Encryption.ON);

        assertThatThrownBy(() -> on.check(null, TestKeyring.empty()))
                .hasMessageContaining("weekly.store.encryption")
                .hasMessageContaining("weekly.keys.current");
        on.check(null, TestKeyring.of("k1", Map.of("k1", TestKeyring.ONE)));
        vault(Encryption.OFF).check(null, TestKeyring.empty());
    }
}
