import Core
import TestSupport
import Testing
import Web

@Suite struct HealthTests {
    @Test func `health answers without the database, readiness with it`() async throws {
        let city = try await TestCity.make()
        #expect(await city.browser().get("/healthz").text == "ok\n")
        #expect(await city.browser().get("/readyz").text == "ready\n")
        await city.context.db.close()
        #expect(await city.browser().get("/healthz").status == 200)
        #expect(await city.browser().get("/readyz").status == 503)
    }

    @Test func `metrics count requests by route and never name an address`() async throws {
        let city = try await TestCity.make()
        let browser = city.browser()
        await browser.get("/cases/ELE2026-99999")
        await browser.get("/cases/ELE2026-88888?secret=canary")
        await browser.get("/nowhere/canary")
        let page = await browser.get("/metrics").text
        #expect(page.contains("groundwork_requests_total{method=\"GET\",route=\"/cases/{number}\",status=\"404\"} 2"))
        #expect(page.contains("groundwork_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1"))
        #expect(page.contains("groundwork_jobs{state=\"dead\"} 0"))
        #expect(page.contains("groundwork_pool_connections{pool="))
        #expect(!page.contains("canary") && !page.contains("ELE2026"))
    }

    @Test func `metrics are for the own network`() async throws {
        let city = try await TestCity.make()
        let request = WebRequest(method: .get, path: "/metrics", remoteAddress: "203.0.113.7")
        #expect(await Dispatcher(city.context).respond(to: request).status == 404)
        let near = WebRequest(method: .get, path: "/metrics", remoteAddress: "127.0.0.1")
        #expect(await Dispatcher(city.context).respond(to: near).status == 200)
    }

    @Test func `metrics do not go through a proxy that nobody named`() async throws {
        let city = try await TestCity.make()
        for header in ["x-forwarded-for", "forwarded", "via"] {
            let request = WebRequest(method: .get, path: "/metrics", headers: [header: "203.0.113.7"], remoteAddress: "127.0.0.1")
            #expect(await Dispatcher(city.context).respond(to: request).status == 404)
        }
    }
}
