package io.weekly.keys;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Says what needs each key, so that an operator knows when an old key can be removed. Logs it once, at the start. */
@ApplicationScoped
public class KeyUses {

    private static final Logger LOG = Logger.getLogger(KeyUses.class);

    private final Keyring keyring;
    private final List<KeyUser> users;

    KeyUses(Keyring keyring, @All List<KeyUser> users) {
        this.keyring = keyring;
        this.users = users;
    }

    /**
     * A key and what needs it.
     *
     * @param configured false if something needs the key, but the service does not have it
     * @param current whether new things are made with it
     * @param uses how many things of each kind need it; a kind without any is absent
     */
    public record KeyState(String id, boolean configured, boolean current, Map<String, Long> uses) {

        /** {@code "k1: 3 pdfPasswords, 12 links"}. */
        String text() {
            var counts = uses.entrySet().stream().map(use -> use.getValue() + " " + use.getKey()).toList();
            return "%s%s: %s".formatted(id, current ? " (current)" : "", counts.isEmpty() ? "nothing" : String.join(", ", counts));
        }
    }

    void log(@Observes StartupEvent event) {
        read().subscribe().with(
                KeyUses::log, failure -> LOG.warnf("what needs the keys of weekly.keys could not be counted: %s", failure.getMessage()));
    }

    private static void log(List<KeyState> states) {
        var configured = states.stream().filter(KeyState::configured).map(KeyState::text).toList();
        if (!configured.isEmpty()) {
            LOG.infof("what needs the keys of weekly.keys: %s", String.join("; ", configured));
        }
        var missing = states.stream().filter(state -> !state.configured()).map(KeyState::text).toList();
        if (!missing.isEmpty()) {
            LOG.errorf("these keys are not configured in weekly.keys, but something needs them: %s", String.join("; ", missing));
        }
    }

    /** All keys that are configured or needed, by id. Counts rows of the whole database, so it may take seconds. */
    public Uni<List<KeyState>> read() {
        var usesByKey = new TreeMap<String, Map<String, Long>>();
        return Multi.createFrom().iterable(users)
                .onItem().transformToUniAndConcatenate(user -> user.countByKey().invoke(counts -> counts.forEach((id, count) ->
                        usesByKey.computeIfAbsent(id, _ -> new TreeMap<>()).put(user.things(), count))))
                .collect().asList()
                .map(_ -> states(usesByKey));
    }

    private List<KeyState> states(Map<String, Map<String, Long>> usesByKey) {
        var ids = new TreeSet<>(keyring.ids());
        ids.addAll(usesByKey.keySet());
        return ids.stream()
                .map(id -> new KeyState(
                        id,
                        keyring.ids().contains(id),
                        keyring.current().filter(id::equals).isPresent(),
                        usesByKey.getOrDefault(id, Map.of())))
                .toList();
    }
}
