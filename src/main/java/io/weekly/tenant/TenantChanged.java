package io.weekly.tenant;

/** A tenant or one of its recipients is not what it was. Fired in this process, after the commit. */
public record TenantChanged() {}
