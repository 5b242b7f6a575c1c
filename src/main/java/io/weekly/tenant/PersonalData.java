package io.weekly.tenant;

import io.smallrye.mutiny.Uni;

/**
 * What a package holds on persons, and how it erases it. Each package with such data implements this interface, so that the package {@code
 * retention} does not have to know its tables. Reports are an exception: {@code retention} erases them itself, together with their files.
 *
 * <p>An erasure may break off at any point and is then repeated. So both methods can be called again, and change nothing the second time.
 */
public interface PersonalData {

    /**
     * Erases data of one person, at most a few hundred rows. The row of the recipient is erased already.
     *
     * @return whether nothing is left; if not, it is called again later
     */
    Uni<Boolean> erase(Person person);

    /**
     * Erases data of all persons of a tenant that has ended, at most a few thousand rows.
     *
     * @return whether nothing is left; if not, it is called again
     */
    Uni<Boolean> eraseAll(int tenantId);
}
