package io.weekly.run;

import java.time.ZoneId;

/** The tenant of a run, as letters to owners and log lines name it. */
record TenantOfRun(String slug, String name, ZoneId zone) {}
