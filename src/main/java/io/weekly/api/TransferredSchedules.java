package io.weekly.api;

import java.util.List;

/**
 * What a transfer has done.
 *
 * @param transferred how many schedules have the new owner
 * @param schedules the ids of the first of them
 */
public record TransferredSchedules(int transferred, List<String> schedules) {

    private static final int MAX_LISTED = 200;

    static TransferredSchedules of(List<String> ids) {
        return new TransferredSchedules(ids.size(), ids.stream().limit(MAX_LISTED).toList());
    }
}
