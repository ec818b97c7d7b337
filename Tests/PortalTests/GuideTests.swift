import Core
import Foundation
import Primitives
import TestSupport
import Testing

@testable import Portal

@Suite struct GuideTests {
    @Test(arguments: Language.allCases)
    func `every picture is there in both languages, small, and as large as the page says`(language: Language) throws {
        for picture in GuidePicture.all {
            let path = "\(TestCity.root)/Web/\(picture.file(language))"
            let bytes = [UInt8](try #require(FileManager.default.contents(atPath: path), "\(path) is missing: script/pictures"))
            #expect(bytes.count <= 25_000, "\(picture.name)")
            let size = try #require(webPSize(bytes), "\(picture.name) is no WebP")
            #expect(size.width == GuidePicture.width && size.height == picture.height, "\(picture.name): \(size)")
        }
    }

    @Test func `a guide page shows its pictures with size and words, loads them late, and is small without them`() async throws {
        let city = try await TestCity.make()
        let guides = [
            ("create-an-account", 5), ("old-portal", 4), ("add-a-contact", 1), ("missing-cases", 1), ("company", 1), ("staff", 2),
        ]
        for (path, count) in guides {
            for language in Language.allCases {
                let page = await city.browser(language: language).get("/guide/\(path)")
                let images = page.text.matches(of: /<img [^>]*>/).map { String($0.output) }
                #expect(images.count == count, "\(path)")
                for image in images {
                    #expect(image.contains(".\(language.rawValue).") && image.contains("loading=\"lazy\""))
                    #expect(image.contains("width=\"640\"") && image.contains("height=\"") && !image.contains("alt=\"\""))
                }
                #expect(page.text.utf8.count < 50_000)
            }
        }
    }

    @Test func `a picture is served as what it is, once for a year`() async throws {
        let city = try await TestCity.make()
        let page = await city.browser().get("/guide/missing-cases")
        let link = try #require(page.text.firstMatch(of: /src="(\/assets\/guide-ask[^"]*)"/)?.output.1)
        let picture = await city.browser().get(String(link))
        #expect(picture.status == 200)
        #expect(picture.headers["content-type"] == "image/webp")
        #expect(picture.headers["cache-control"] == "public, max-age=31536000, immutable")
        #expect(picture.headers["content-encoding"] == nil)
    }

    @Test(arguments: Language.allCases)
    func `the help pages speak whole sentences of every guide`(language: Language) async throws {
        let city = try await TestCity.make()
        for path in ["/help", "/help/ask", "/guide"] {
            let page = await city.browser(language: language).get(path)
            #expect(page.status == 200 && !page.text.contains("⟦"), "\(path)")
        }
    }

    /// The size in the header of a WebP file, lossy without alpha (`VP8 `) or extended (`VP8X`).
    private func webPSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
        guard bytes.count > 30, bytes[0..<4].elementsEqual("RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) else {
            return nil
        }
        func number(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
        switch String(decoding: bytes[12..<16], as: UTF8.self) {
        case "VP8 ": return (number(26, 2) & 0x3FFF, number(28, 2) & 0x3FFF)
        case "VP8X": return (number(24, 3) + 1, number(27, 3) + 1)
        default: return nil
        }
    }
}

@Suite struct DemoPageTests {
    @Test func `outside demo mode there is no walk-through and no demo mail`() {
        let templates = Composition(isDemo: false).features.flatMap(\.routes).map(\.template)
        #expect(!templates.contains { $0.hasPrefix("/demo") })
        #expect(TestCity.routes.contains { $0.template == "/demo" })
    }

    @Test(arguments: Language.allCases)
    func `the walk-through names who to be and twelve things to try, and the home page leads to it`(language: Language)
        async throws
    {
        let city = try await TestCity.make()
        let visitor = city.browser(language: language)
        #expect(await visitor.get("/").text.contains("href=\"/demo\""))
        let page = await visitor.get("/demo")
        #expect(page.status == 200 && !page.text.contains("⟦"))
        #expect(page.text.matches(of: /<li><strong><a href/).count == 12)
        #expect(page.text.contains("groundwork demo"))
    }
}
