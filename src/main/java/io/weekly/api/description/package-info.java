/**
 * Completes the OpenAPI document at {@code /q/openapi} when the service is built.
 *
 * <p><b>Model.</b> The document has three sources. The resources and records define the operations and fields; their annotations describe
 * what is special about one. {@code META-INF/openapi.yaml} describes what all operations share: common parameters, headers, and the
 * problem for each status. {@code openapi/<schema>.yaml} describes what Java cannot express about a record: the meaning of its fields,
 * which of them may be null or absent, and an example. The classes here combine the three by rules, so a new resource gets a complete
 * description without repeating them. The role of an operation is read from its annotation.
 *
 * <p><b>Rules.</b> In a response, each field is present and not null, unless its file says otherwise. In a request, a field with a default
 * may be left out, and a field that is not described is refused. If a record is both sent and returned, it becomes several schemas:
 * {@code Tenant} is returned, {@code NewTenant} is the body of a POST, {@code TenantChange} is the body of a PUT.
 *
 * <p><b>Failure cases.</b> The build fails if a file describes a field that does not exist. DescriptionTest fails if a description is
 * missing, and every response in the tests is validated against the document.
 */
@NullMarked
package io.weekly.api.description;

import org.jspecify.annotations.NullMarked;
