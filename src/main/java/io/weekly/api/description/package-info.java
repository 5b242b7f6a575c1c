/**
 * Completes the OpenAPI document at {@code /q/openapi} when the service is built.
 *
 * <p><b>Model.</b> The document has three sources. The resources and records define the operations and fields, and their annotations
 * describe what is special about one operation or field. {@code META-INF/openapi.yaml} describes what all operations share: common
 * parameters, headers, and the problem for each status. {@code openapi/<schema>.yaml} describes what Java cannot express about a record:
 * the meaning of its fields, which of them may be null or absent, and an example. The classes of this package combine the three sources by
 * rules. So a new resource does not have to repeat the common descriptions. The required role of an operation is read from its annotation.
 *
 * <p><b>Rules.</b> In a response, each field is present and not null, unless its file says otherwise. In a request, a field with a default
 * may be left out, and an unknown field is refused. If the same record is used in requests and responses, it becomes several schemas:
 * {@code Tenant} is returned, {@code NewTenant} is the body of a POST, {@code TenantChange} is the body of a PUT.
 *
 * <p><b>Failure cases.</b> The build fails if a file describes a field that does not exist. DescriptionTest fails if a description is
 * missing. Every response in the tests is validated against the document. The classes run only during the build, so a process that dies
 * later loses nothing.
 */
@NullMarked
package io.weekly.api.description;

import org.jspecify.annotations.NullMarked;
