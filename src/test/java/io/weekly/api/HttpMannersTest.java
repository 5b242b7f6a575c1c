package io.weekly.api;
import static io.weekly.api.Api.*;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import org.junit.jupiter.api.Test;
import io.restassured.RestAssured;
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class HttpMannersTest {
    @Test
    void look() {
        var slug = newTenant(); newRecipient(slug, "u-1");
        for (var p : new String[]{"/api/v1/tenants","/api/v1/tenants/"+slug,"/api/v1/tenants/"+slug+"/recipients","/api/v1/reports","/api/v1/runs","/api/v1/nonsense","/api/v1/definitions", "/api/v1/tenants/"+slug+"/metrics", "/api/v1/reports/x/files/pdf"}) {
            for (var m : new String[]{"OPTIONS","HEAD","DELETE","PATCH"}) {
                if (m.equals("DELETE") && p.endsWith(slug)) continue;
                var r = RestAssured.given().auth().oauth2(io.weekly.testing.TestTokens.operator()).request(m, p);
                var a = RestAssured.given().request(m, p);
                System.out.println("LOOK " + m + " " + p + " " + r.statusCode() + " allow=" + r.header("Allow") + " ct=" + r.contentType() + " len=" + r.header("Content-Length") + " | anon " + a.statusCode() + " allow=" + a.header("Allow")+ " " + a.asString());
            }
        }
    }
}
