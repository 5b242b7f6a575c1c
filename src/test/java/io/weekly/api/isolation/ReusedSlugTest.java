package io.weekly.api.isolation;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asOperator;
import static io.weekly.testing.Api.tenant;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a tenant ends, its slug becomes free. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ReusedSlugTest extends IsolationTest {

    @Test
    void aTenantWithTheSlugOfAnEndedOneSeesNothingOfIt() {
        var ended = MarkedTenant.create(tenants.things()).withEachThing();
        asOperator().delete(TENANTS + "/" + ended.slug()).then().statusCode(204);
        asOperator().contentType(ContentType.JSON).body(tenant(ended.slug())).post(TENANTS).then().statusCode(201);
        var sameUser = Map.of("userId", ended.ann(), "name", "New", "email", "new@mail.test");
        asAdmin(ended.slug()).contentType(ContentType.JSON).body(sameUser).post(TENANTS + "/" + ended.slug() + "/recipients").then()
                .statusCode(201);
        var hidden = onlyOf(ended);

        for (var operation : ApiDocument.get().operations()) {
            if (operation.method().equals("get")) {
                var expectation = Expectation.of(operation.id());
                var call = Call.of(operation, ended.values(expectation.thing()));
                for (var kind : List.of(Kind.VIEWER, Kind.ADMIN)) {
                    var answer = call.send(tenants.known(kind, ended).authorization());
                    assertThat(answer.status()).as("%s as %s", call, kind).isIn(200, 403, 404, 410);
                    assertThat(answer.found(hidden)).as("%s as %s: %s", call, kind, answer.text()).isEmpty();
                }
            }
        }
    }

    /** Not the slug and the user id, which the new tenant has too. */
    private static List<String> onlyOf(MarkedTenant ended) {
        var marks = ended.marks();
        var hidden = new ArrayList<>(marks.all());
        hidden.removeAll(List.of(marks.tenant(), marks.ann()));
        hidden.addAll(List.of("Name " + marks.tenant(), "Sender " + marks.tenant(), "Name " + marks.ann(), marks.ann() + "@mail.test"));
        return hidden;
    }
}
