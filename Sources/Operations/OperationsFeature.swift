public import Core
public import HTML
internal import Jobs
public import Primitives

enum OperationsAddresses {
    static let health = PlainAddress("/healthz")
    static let ready = PlainAddress("/readyz")
    static let metrics = PlainAddress("/metrics")

    static let system = PlainAddress("/staff/system")
    static let runAgain = Address<Int64>("/staff/system/jobs/{id}/run-again")
    static let resend = Address<Int64>("/staff/system/mails/{id}/resend")
}

/// What whoever runs the portal looks at: whether it is well, what failed and can be run again.
public struct OperationsFeature: Feature {
    private let desk: Link

    /// - Parameter desk: where staff begin.
    public init(desk: Link) { self.desk = desk }

    public let name = "Operations"
    public var words: WordSource? { operationsWords }

    public var routes: [Route] {
        [
            .get(OperationsAddresses.health, .anyone) { _ in .text("ok\n") },
            .get(OperationsAddresses.ready, .anyone, Readiness.show),
            .get(OperationsAddresses.metrics, .anyone, MetricsPages.show),

            .get(OperationsAddresses.system, .staff("system.operate"), live: JobQueue.channel, SystemPage(desk: desk).show),
            .post(OperationsAddresses.runAgain, .staff("system.operate"), SystemActions.runAgain),
            .post(OperationsAddresses.resend, .staff("system.operate"), SystemActions.resend),
        ]
    }

    public var actions: [StaffAction] { [StaffAction("system.operate", "operations.may.operate")] }

    public var deskQueues: [DeskQueue] {
        [
            DeskQueue(
                title: "operations.system.title", explanation: "operations.system.explanation",
                link: OperationsAddresses.system(),
                action: "system.operate", waiting: SystemPage.troubles)
        ]
    }

    public var tellings: [FactTelling] {
        [
            FactTelling(.jobRunAgain, for: .staff) { Phrase("operations.told.runAgain", ["kind": .text($0.text("kind"))]) },
            FactTelling(.mailResent, for: .staff) { _ in Phrase("operations.told.resent") },
        ]
    }
}

extension FactKind {
    static let jobRunAgain: FactKind = "system.job-run-again"
    static let mailResent: FactKind = "system.mail-resent"
}
