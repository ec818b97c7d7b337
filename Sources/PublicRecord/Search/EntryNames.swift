internal import CityPack
internal import Primitives

/// The names of an entry's keys in the reader's language, as the city's pack says them today.
struct EntryNames: Sendable {
    let pack: CityPack
    let t: Voice

    func kind(_ key: String) -> String {
        switch CaseModule(rawValue: key) {
        case .permit: t("publicRecord.kind.permit")
        case .plan: t("publicRecord.kind.plan")
        case .license: t("publicRecord.kind.license")
        case .code: t("publicRecord.kind.code")
        case .request: t("publicRecord.kind.request")
        case nil: key
        }
    }

    func type(_ key: String) -> String { pack.caseType(key).map { t($0.name) } ?? key }
    func status(_ key: String) -> String { pack.status(key).map { t($0.name) } ?? key }

    func workClass(_ key: String, of type: String) -> String {
        pack.caseType(type)?.workClass(key).map { t($0.name) } ?? key
    }
}
