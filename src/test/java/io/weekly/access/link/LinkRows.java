package io.weekly.access.link;

import io.weekly.database.Utc;
import io.weekly.testing.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Changes the rows of links as the service would: with a new MAC. */
@ApplicationScoped
public class LinkRows {

    private final World world;
    private final LinkMacs macs;

    LinkRows(World world, LinkMacs macs) {
        this.world = world;
        this.macs = macs;
    }

    /** Lets the link expire a second ago. */
    public void expire(String id) {
        expireAt(id, Instant.now().minusSeconds(1));
    }

    public void expireAt(String id, Instant time) {
        var end = time.truncatedTo(ChronoUnit.MICROS);
        var row = world.one("SELECT tenant_id, LOWER(HEX(report_id)) AS report, format, key_id FROM link WHERE id = UNHEX(?)", id);
        var terms = new LinkTerms(
                row.getInteger("tenant_id"), id, row.getString("report"), row.getString("format"), row.getString("key_id"), end);
        world.sql("UPDATE link SET expires_at = ?, mac = UNHEX(?) WHERE id = UNHEX(?)", Utc.column(end), macs.mac(terms), id);
    }
}
