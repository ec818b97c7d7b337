import Accounts
import ArgumentParser
import CityPack
import Core
import Database
import Foundation
import NIOSSL
import Portal
import Primitives

/// Looks at everything that an installation needs and says of each whether it is well, and if not, what to do.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the database, mail, files, city pack, certificate and clock; say what to fix.")

    func run() async throws {
        let settings: Settings
        do { settings = try await Settings.load() } catch let failure as Failure {
            print("✘ Settings: \(failure.sentence)")
            throw Failure("1 thing to fix.")
        }
        var findings: [Finding] = [.good("Settings", "every name and value is understood")]
        let pack = cityPack(settings)
        findings.append(pack.finding)
        findings += await database(settings)
        findings.append(await mail(settings))
        findings += secrets(settings)
        findings += folders(settings)
        if let city = pack.pack { findings.append(clock(city)) }
        if let tls = settings.tls { findings.append(certificate(tls)) }
        if let provider = settings.provider { findings.append(await signIn(provider)) }
        findings += await Reach(settings).findings()
        for finding in findings { print(finding.line) }
        let bad = findings.count { !$0.isGood }
        if bad > 0 { throw Failure(bad == 1 ? "1 thing to fix." : "\(bad) things to fix.") }
        print("Everything is well.")
    }

    struct Finding {
        let isGood: Bool
        let line: String
        static func good(_ what: String, _ text: String) -> Finding { Finding(isGood: true, line: "✔ \(what): \(text)") }
        /// Nothing is broken, and somebody should know.
        static func warning(_ what: String, _ text: String) -> Finding { Finding(isGood: true, line: "! \(what): \(text)") }
        static func bad(_ what: String, _ text: String) -> Finding { Finding(isGood: false, line: "✘ \(what): \(text)") }
    }

    private func cityPack(_ settings: Settings) -> (finding: Finding, pack: CityPack?) {
        do {
            let pack = try Installation.load(pack: settings.cityFolder, Composition(isDemo: false))
            let samples = pack.samples.isEmpty ? "" : ", \(pack.samples.count) values are samples to be replaced"
            return (.good("City pack", "\(pack.city.name)\(samples)"), pack)
        } catch let failure as Failure {
            return (.bad("City pack", failure.sentence), nil)
        } catch { return (.bad("City pack", "\(error)"), nil) }
    }

    private func database(_ settings: Settings) async -> [Finding] {
        if case .sqlite(let path) = settings.database, !FileManager.default.fileExists(atPath: path) {
            return [.bad("Database", "\(path) does not exist. `groundwork migrate` or `groundwork demo` makes it.")]
        }
        do {
            let db = try Installation.open(settings)
            defer { Task { await db.close() } }
            var findings = [Finding.good("Database", "\(settings.database) answers")]
            switch try await db.schemaState(Composition(isDemo: false).migrations) {
            case .current: findings.append(.good("Schema", "up to date"))
            case .ahead(let unknown):
                findings.append(.good("Schema", "\(unknown.count) steps ahead of this program, which may go on; upgrade it soon"))
            case .empty: findings.append(.bad("Schema", "the database is empty. Run `groundwork migrate`."))
            case .older(let missing):
                findings.append(.bad("Schema", "\(missing.count) steps are missing. Run `groundwork migrate`."))
            case .tooNew: findings.append(.bad("Schema", "it belongs to a newer version of this program. Install that version."))
            }
            if let finding = try await livePack(db, settings) { findings.append(finding) }
            findings.append(try await writing(db))
            findings.append(try await integrity(db))
            return findings
        } catch let failure as Failure {
            return [.bad("Database", failure.sentence)]
        } catch { return [.bad("Database", "\(error)")] }
    }

    /// Whether what is live is what stands in the folder. Not yet published is no fault.
    private func livePack(_ db: any ConnectionPool, _ settings: Settings) async throws -> Finding? {
        guard let live = try? await db.read(PackStore.liveHash) else { return nil }
        let folder = try? CityPack.load(directory: settings.cityFolder)
        let same = folder?.hash == live
        return .good("Live pack", "\(live.prefix(12)), \(same ? "the same as the folder" : "not the same as the folder")")
    }

    /// Writes and takes it back.
    private func writing(_ db: any ConnectionPool) async throws -> Finding {
        struct Undo: Error {}
        do {
            try await db.write { conn in
                // What whoever serves may do; a schema is another role's.
                try conn.run("INSERT INTO once_key (hash, result, created_at) VALUES ('doctor', '', 0)")
                throw Undo()
            }
        } catch is Undo {
        } catch { return .bad("Writing", "the database does not take writes: \(error)") }
        return .good("Writing", "the database takes writes")
    }

    private func integrity(_ db: any ConnectionPool) async throws -> Finding {
        guard db.dialect == .sqlite else {
            let behind: Int? = try await db.read { conn in
                try conn.value("SELECT COUNT(*) FROM pg_stat_replication WHERE state = 'streaming'")
            }
            return .good("Replication", (behind ?? 0) == 0 ? "no standby" : "\(behind ?? 0) standbys follow")
        }
        let answer: String? = try await db.read { conn in try conn.value("PRAGMA quick_check(1)") }
        return answer == "ok"
            ? .good("Integrity", "the file is sound") : .bad("Integrity", "\(answer ?? "no answer"). Restore a backup.")
    }

    private func signIn(_ provider: OpenIDProvider) async -> Finding {
        if let problem = await provider.problem() { return .bad("Sign-in service", problem) }
        return .good("Sign-in service", "\(provider.issuer) answers")
    }

    private func mail(_ settings: Settings) async -> Finding {
        guard let mail = settings.mail else {
            return .good("Mail", "no mail server is set: mail is kept in the database (GROUNDWORK_SMTP_URL)")
        }
        let problem = await MailCheck.run(mail)
        return problem.map { .bad("Mail", $0) } ?? .good("Mail", "\(mail.server) takes mail")
    }

    private func secrets(_ settings: Settings) -> [Finding] {
        let key: Finding =
            settings.secretKey == nil
            ? .warning(
                "Secrets",
                "no key is set: seeds of authenticator apps stand in the database as they are. Make one (openssl rand -hex 32) and set \(SettingName.secretKey.variable)"
            )
            : .good("Secrets", "seeds of authenticator apps are sealed")
        return [key]
            + settings.secretFiles.compactMap { file in
                let attributes = try? FileManager.default.attributesOfItem(atPath: file)
                let mode = (attributes?[.posixPermissions] as? Int) ?? 0
                guard mode & 0o077 != 0 else { return nil }
                return .bad("Secrets", "\(file) can be read by others than its owner. Do: chmod 600 \(file)")
            }
    }

    private func folders(_ settings: Settings) -> [Finding] {
        [("Files", settings.filesFolder), ("Checkpoints", settings.checkpoints)].map { what, folder in
            let probe = "\(folder)/.doctor-\(getpid())"
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try Data("x".utf8).write(to: URL(fileURLWithPath: probe))
                try FileManager.default.removeItem(atPath: probe)
            } catch { return .bad(what, "\(folder) cannot be written. Check that it exists and who owns it.") }
            let free = (try? FileManager.default.attributesOfFileSystem(forPath: folder))?[.systemFreeSize] as? Int ?? 0
            guard free > 1 << 30 else { return .bad(what, "less than 1 GB is free where \(folder) is. Make room.") }
            return .good(what, "\(folder) can be written, \(free >> 30) GB free")
        }
    }

    private func clock(_ pack: CityPack) -> Finding {
        guard let clock = CityClock(zone: pack.city.timeZone, clock: .system) else {
            return .bad("Clock", "the city's time zone is not known here. Install the package tzdata.")
        }
        guard clock.now > Instant(seconds: 1_760_000_000) else {
            return .bad("Clock", "this machine believes it is \(clock.now). Set its clock (systemd-timesyncd).")
        }
        let local = clock.local(clock.now)
        return .good("Clock", "it is \(local.date) \(padded(local.hour, 2)):\(padded(local.minute, 2)) in \(pack.city.timeZone)")
    }

    private func certificate(_ files: Settings.TLSFiles) -> Finding {
        do {
            guard let leaf = try NIOSSLCertificate.fromPEMFile(files.certificate).first else {
                return .bad("Certificate", "\(files.certificate) holds none.")
            }
            _ = try NIOSSLPrivateKey(file: files.key, format: .pem)
            let days = (Int(leaf.notValidAfter) - Int(Clock.system.now.microseconds / 1_000_000)) / 86_400
            guard days >= 14 else { return .bad("Certificate", "it ends in \(days) days. Renew it.") }
            return .good("Certificate", "good for \(days) days")
        } catch { return .bad("Certificate", "it cannot be read: \(error)") }
    }

}
