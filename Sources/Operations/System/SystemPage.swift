internal import Core
internal import Database
internal import HTML
internal import Jobs
internal import Mail
internal import Primitives
internal import Web

/// `/staff/system`: what did not work by itself, why, and the button that tries it again.
struct SystemPage: Sendable {
    /// Where staff begin.
    let desk: Link
    private static let most = 50

    struct Model: Sendable {
        let dead: [Job]
        let atWork: [Job]
        let failed: [Outbox.Kept]
        let waiting: [Outbox.Kept]
    }

    func show(_ visit: Visit) async throws -> WebResponse {
        let most = SystemPage.most
        let model = try await visit.read { conn in
            Model(
                dead: try JobQueue.dead(limit: most, conn), atWork: try JobQueue.atWork(limit: most, conn),
                failed: try Outbox.failed(limit: most, conn), waiting: try Outbox.waiting(limit: most, conn))
        }
        let t = visit.t
        return visit.page(t("operations.system.title"), crumbs: [Crumb(title: t("operations.desk"), link: desk)]) {
            h1 { t("operations.system.title") }
            p { t("operations.system.lead") }
            SystemView(visit: visit, model: model).body
        }
    }

    /// What staff must look at: dead jobs and mails that failed.
    static func troubles(_ conn: Connection) throws -> (count: Int, oldest: Instant?) {
        let row = try conn.row(
            """
            SELECT COUNT(*) AS count, MIN(at) AS oldest FROM (
                SELECT finished_at AS at FROM job WHERE state = 'dead'
                UNION ALL SELECT finished_at AS at FROM mail WHERE state = 'failed' AND stripped_at IS NULL) trouble
            """)
        guard let row else { return (0, nil) }
        return (try row["count"], try row["oldest"])
    }
}

struct SystemView {
    let visit: Visit
    let model: SystemPage.Model
    private var t: Voice { visit.t }

    var body: HTML {
        group {
            h2 { t("operations.dead.title") }
            dead
            h2 { t("operations.failed.title") }
            failed
            h2 { t("operations.atWork.title") }
            atWork
            h2 { t("operations.waiting.title") }
            waiting
        }
    }

    private var dead: HTML {
        guard !model.dead.isEmpty else { return emptyState(t("operations.dead.none")) }
        return dataTable(
            caption: t("operations.dead.caption"), captionHidden: true,
            columns: [
                TableColumn(title: t("operations.kind")), TableColumn(title: t("operations.why")),
                TableColumn(title: t("operations.since")), TableColumn(title: t("operations.action"), isHidden: true),
            ],
            rows: model.dead.map { job in
                TableRow(cells: [
                    span(.class("whole")) { name(job) }, HTML(job.lastError), visit.momentCell(job.finishedAt ?? job.createdAt),
                    postForm(OperationsAddresses.runAgain(job.id), once: visit.once) {
                        submitButton(
                            t("operations.runAgain"), quiet: true,
                            accessibleName: t(
                                "operations.runAgainNamed", ["kind": .text(name(job)), "number": .text("\(job.id)")]))
                    },
                ])
            })
    }

    private var failed: HTML {
        guard !model.failed.isEmpty else { return emptyState(t("operations.failed.none")) }
        return dataTable(
            caption: t("operations.failed.caption"), captionHidden: true,
            columns: [
                TableColumn(title: t("operations.to")), TableColumn(title: t("operations.subject")),
                TableColumn(title: t("operations.why")), TableColumn(title: t("operations.since")),
                TableColumn(title: t("operations.action"), isHidden: true),
            ],
            rows: model.failed.map { mail in
                TableRow(cells: [
                    HTML(mail.to), HTML(mail.subject),
                    group {
                        t(reason(mail.outcome))
                        if !mail.reply.isEmpty { span(.class("note")) { mail.reply } }
                    },
                    visit.momentCell(mail.at),
                    postForm(OperationsAddresses.resend(mail.id), once: visit.once) {
                        submitButton(
                            t("operations.resend"), quiet: true,
                            accessibleName: t("operations.resendNamed", ["to": .text(mail.to), "number": .text("\(mail.id)")]))
                    },
                ])
            })
    }

    private var atWork: HTML {
        guard !model.atWork.isEmpty else { return emptyState(t("operations.atWork.none")) }
        return dataTable(
            caption: t("operations.atWork.caption"), captionHidden: true,
            columns: [
                TableColumn(title: t("operations.kind")), TableColumn(title: t("operations.state")),
                TableColumn(title: t("operations.why")), TableColumn(title: t("operations.next")),
            ],
            rows: model.atWork.map { job in
                TableRow(cells: [
                    span(.class("whole")) { name(job) }, state(job), HTML(job.lastError), visit.momentCell(job.runAt),
                ])
            })
    }

    private var waiting: HTML {
        guard !model.waiting.isEmpty else { return emptyState(t("operations.waiting.none")) }
        return dataTable(
            caption: t("operations.waiting.caption"), captionHidden: true,
            columns: [
                TableColumn(title: t("operations.to")), TableColumn(title: t("operations.subject")),
                TableColumn(title: t("operations.why")), TableColumn(title: t("operations.since")),
            ],
            rows: model.waiting.map { TableRow(cells: [HTML($0.to), HTML($0.subject), HTML($0.reply), visit.momentCell($0.at)]) })
    }

    private func state(_ job: Job) -> HTML {
        guard job.state == .running else {
            return tag(t("operations.tries", ["count": .number(job.attempts)]), .waiting)
        }
        guard job.progress.total > 0 else {
            return tag(t("operations.running", ["done": .number(job.progress.done)]), .good)
        }
        return tag(
            t("operations.progress", ["done": .number(job.progress.done), "total": .number(job.progress.total)]), .good)
    }

    /// The name of a kind of work in words; one that has none is shown by its key.
    private func name(_ job: Job) -> String {
        switch job.kind.rawValue {
        case "mail.send": t("operations.job.mail")
        case "tidy": t("operations.job.tidy")
        case "audit.checkpoint": t("operations.job.checkpoint")
        case "backfill": t("operations.job.backfill")
        default: job.kind.rawValue
        }
    }

    private func reason(_ outcome: Outbox.Kept.Outcome) -> WordKey {
        switch outcome {
        case .refused: "operations.undelivered.refused"
        case .bounced: "operations.undelivered.bounced"
        case .expired: "operations.undelivered.expired"
        case .unknown, .kept: "operations.undelivered.unknown"
        }
    }
}
