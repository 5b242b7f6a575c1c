package io.weekly.store.encryption;

import io.smallrye.mutiny.Uni;
import io.weekly.keys.TestKeyring;
import io.weekly.testing.HandDriven;
import io.weekly.testing.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** Makes key sets like a process whose current key is the old one. */
@ApplicationScoped
public class OldKeySets {

    private final FileKeyRows rows;
    private final KeySets keySets = new KeySets(TestKeyring.of(HandDriven.OLD_KEY, Map.of(HandDriven.OLD_KEY, TestKeyring.TWO)));

    OldKeySets(FileKeyRows rows) {
        this.rows = rows;
    }

    public Uni<Void> create(int tenantId) {
        return rows.create(keySets.create(tenantId));
    }

    /** The id of the key that the key set of the tenant is wrapped with. */
    public String keyOf(int tenantId) {
        return World.get(rows.find(tenantId)).orElseThrow().keyId();
    }
}
