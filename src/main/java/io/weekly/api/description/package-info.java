/**
 * What the API says of itself at {@code /q/openapi}, made while the service is built.
 *
 * <p><b>Model.</b> Three sources, each for what it knows best. The resources and records say which operations and fields there are; their
 * annotations say what is special about one. {@code META-INF/openapi.yaml} says what holds everywhere: parameters by their name, headers,
 * and each kind of problem. {@code openapi/<schema>.yaml} says what Java cannot of a record: what its fields mean, which may be null or
 * absent, and an example. For whom an operation is, its resource's door says. The filters here put them together by rule, so that a new
 * resource is described in full without repeating them.
 *
 * <p><b>OperationRules.</b> A field is always there and never null, unless its file says otherwise. In what is sent, a field with a default
 * may be left out, and one that is not described is refused. A record that is both sent and answered becomes several schemas:
 * {@code Tenant} is what is answered, {@code NewTenant} what a POST takes, {@code TenantChange} what a PUT takes.
 *
 * <p><b>Failure cases.</b> A file that says something of a field that is not there ends the build. Whatever is left undescribed, or
 * is not as the service answers, ends the tests: DescriptionTest names it, and every answer in the suite is held against the document.
 */
package io.weekly.api.description;
