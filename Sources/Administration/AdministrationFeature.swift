public import Core
public import HTML
public import Primitives

enum AdministrationAddresses {
    static let pack = PlainAddress("/staff/pack")
    static let publish = PlainAddress("/staff/pack/publish")
    static let publication = Address<Int64>("/staff/pack/history/{id}")
    static let again = Address<Int64>("/staff/pack/history/{id}/again")
    static let roles = PlainAddress("/staff/roles")
    static let patterns = PlainAddress("/staff/patterns")
}

/// How the city set itself up: its pack, what was live when, and what each role may do (K2, K5).
public struct AdministrationFeature: Feature {
    private let desk: Link
    private let hasPatterns: Bool

    /// - Parameters:
    ///   - desk: where staff begin.
    ///   - hasPatterns: whether the pattern library is served: samples are nothing for a city at work.
    public init(desk: Link, hasPatterns: Bool) {
        self.desk = desk
        self.hasPatterns = hasPatterns
    }

    public let name = "Administration"
    public var words: WordSource? { administrationWords }

    public var actions: [StaffAction] {
        [
            StaffAction("pack.view", "administration.may.viewPack"),
            StaffAction("pack.publish", "administration.may.publishPack"),
        ]
    }

    public var routes: [Route] {
        let publish = PublishPage(desk: desk)
        let again = AgainPage(desk: desk)
        return [
            .get(AdministrationAddresses.pack, .staff("pack.view"), PackPage(desk: desk).show),
            .get(AdministrationAddresses.publication, .staff("pack.view"), PublicationPage(desk: desk).show),
            .get(AdministrationAddresses.publish, .staff("pack.publish"), publish.show),
            .post(
                AdministrationAddresses.publish, .staff("pack.publish"), form: PublishForm.form, invalid: publish.show,
                publish.take),
            .get(AdministrationAddresses.again, .staff("pack.publish"), again.show),
            .post(AdministrationAddresses.again, .staff("pack.publish"), form: PublishForm.form, invalid: again.show, again.take),
            .get(AdministrationAddresses.roles, .staff("desk.open"), RolesPage(desk: desk).show),
        ] + (hasPatterns ? [.get(AdministrationAddresses.patterns, .staff("desk.open"), PatternsPage(desk: desk).show)] : [])
    }

    public var deskLinks: [DeskLink] {
        [
            DeskLink(
                title: "administration.pack.title", explanation: "administration.pack.explanation",
                link: AdministrationAddresses.pack(), action: "pack.view"),
            DeskLink(
                title: "administration.roles.title", explanation: "administration.roles.explanation",
                link: AdministrationAddresses.roles(), action: "desk.open"),
        ] + (hasPatterns ? [patterns] : [])
    }

    private var patterns: DeskLink {
        DeskLink(
            title: "administration.patterns.title", explanation: "administration.patterns.explanation",
            link: AdministrationAddresses.patterns(), action: "desk.open")
    }
}
