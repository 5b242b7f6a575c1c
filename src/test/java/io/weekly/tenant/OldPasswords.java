package io.weekly.tenant;

import io.weekly.keys.TestKeyring;
import io.weekly.tenant.Secrets.Owner;
import io.weekly.testing.HandDriven;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Sets PDF passwords like a process whose current key is the old one. */
@ApplicationScoped
public class OldPasswords {

    private final World world;
    private final Secrets secrets;
    private final Secrets old = new Secrets(TestKeyring.of(HandDriven.OLD_KEY, Map.of(HandDriven.OLD_KEY, TestKeyring.TWO)));

    OldPasswords(World world, Secrets secrets) {
        this.world = world;
        this.secrets = secrets;
    }

    /** Sets the password of the tenant and that of the recipient. */
    public void set(TenantRow tenant, String userId, String password) {
        world.sql("UPDATE tenant SET pdf_password = ? WHERE id = ?",
                old.column(new Owner(tenant.id(), Optional.empty()), PdfPassword.of(password)), tenant.id());
        world.sql("UPDATE recipient SET pdf_password = ? WHERE tenant_id = ? AND user_id = ?",
                old.column(owner(tenant, userId), PdfPassword.of(password)), tenant.id(), userId);
    }

    private static Owner owner(TenantRow tenant, String userId) {
        return new Owner(tenant.id(), Optional.of(userId));
    }

    public String column(TenantRow tenant, String userId) {
        return Objects.requireNonNull(
                world.one("SELECT pdf_password FROM recipient WHERE tenant_id = ? AND user_id = ?", tenant.id(), userId)
                        .getString("pdf_password"));
    }

    /** The password that the service would use. */
    public String get(TenantRow tenant, String userId) {
        return secrets.decrypt(owner(tenant, userId), column(tenant, userId));
    }
}
