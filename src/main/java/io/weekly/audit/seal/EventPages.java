package io.weekly.audit.seal;

import java.util.List;

/**
 * Where the next page of events begins. It begins with the last id that was read, and not with the one after it. So if somebody removed
 * the primary key, and the table has two events with one id, both are read. With more of them, one may be read twice: the hash of their
 * seal is wrong in any case.
 */
final class EventPages {

    private final int size;
    private long next;
    private boolean readNext;
    private boolean end;

    /** @param size events of a page at most; more than 1 */
    EventPages(long first, int size) {
        this.next = first;
        this.size = size;
    }

    /** The first id of the next page. */
    long next() {
        return next;
    }

    boolean end() {
        return end;
    }

    /** The events of the page that were not in the page before. */
    List<SealedEvent> unread(List<SealedEvent> page) {
        var known = readNext && !page.isEmpty() && page.getFirst().id() == next ? 1 : 0;
        end = page.size() < size;
        if (!end) {
            var last = page.getLast().id();
            // A whole page of one id: it would come again and again.
            readNext = last > page.getFirst().id();
            next = readNext ? last : last + 1;
        }
        return page.subList(known, page.size());
    }
}
