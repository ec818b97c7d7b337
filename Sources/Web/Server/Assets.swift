public import HTML
internal import Foundation
internal import Primitives

/// Everything a browser fetches beside pages: read once at the start, named by content, compressed once.
public struct Assets: Sendable {
    struct Asset: Sendable {
        let type: String
        let body: [UInt8]
        let compressed: [UInt8]?
    }

    private var byName: [String: Asset] = [:]
    private var links: [String: Link] = [:]
    public static let address = Address<String>("/assets/{name}")

    /// - Parameter folder: the `Web` folder with what is below it; files of other types than style, script, icon and image are left
    ///   alone.
    public init(folder: String) throws {
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
            guard let type = Assets.type(of: name), let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
                continue
            }
            let body = [UInt8](data)
            let mark = sha256(hexadecimal(body)).prefix(10)
            let parts = name.split(separator: ".")
            let path = "\(parts.dropLast().joined(separator: ".")).\(mark).\(parts.last ?? "")"
            // One step of a path, so that the address stays plain.
            let stamped = path.split(separator: "/").joined(separator: "-")
            byName[stamped] = Asset(
                type: type, body: body, compressed: Assets.isSmallAlready(type) ? nil : Compression.gzip(body, level: 9))
            links[name] = Assets.address(stamped)
        }
    }

    /// The address of a file by its plain name: `groundwork.css`, `guide/register.en.webp`.
    public func link(_ name: String) -> Link { links[name] ?? Assets.address(name) }

    /// The address of a file that a page does without when it is not there.
    public func link(ifPresent name: String) -> Link? { links[name] }

    public func response(for name: String, acceptsGzip: Bool) -> WebResponse? {
        guard let asset = byName[name] else { return nil }
        var headers = [("content-type", asset.type), ("cache-control", "public, max-age=31536000, immutable")]
        if asset.compressed != nil { headers.append(("vary", "accept-encoding")) }
        if acceptsGzip, let compressed = asset.compressed {
            headers.append(("content-encoding", "gzip"))
            return WebResponse(status: 200, headers: headers, body: compressed)
        }
        return WebResponse(status: 200, headers: headers, body: asset.body)
    }

    private static func type(of name: String) -> String? {
        switch name.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml; charset=utf-8"
        case "png": "image/png"
        case "webp": "image/webp"
        default: nil
        }
    }

    private static func isSmallAlready(_ type: String) -> Bool { type == "image/png" || type == "image/webp" }
}
