package io.weekly.tenant;

/** Event: a tenant or one of its recipients has changed. Fired only in the process that changed it, after the commit. */
public record TenantChanged() {}
