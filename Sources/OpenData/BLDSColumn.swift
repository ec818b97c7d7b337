internal import Cases
internal import CityPack
internal import Core
internal import Primitives

/// One column of the BLDS core permits data set (permitdata.org), with the field of the pack that decides whether it is filled.
struct BLDSColumn: Sendable {
    enum Kind: String, Sendable { case string, date, number }

    let name: String
    let kind: Kind
    /// A field of the city pack; a column whose field is not public stays empty.
    let field: String
    let description: String
    let isRequired: Bool
    let value: @Sendable (OpenCase, CityContext) -> String

    private init(
        _ name: String, _ kind: Kind = .string, field: String, _ description: String, isRequired: Bool = false,
        value: @escaping @Sendable (OpenCase, CityContext) -> String
    ) {
        self.name = name
        self.kind = kind
        self.field = field
        self.description = description
        self.isRequired = isRequired
        self.value = value
    }

    static let all: [BLDSColumn] = [
        BLDSColumn("PermitNum", field: "number", "The permit's number; unique.", isRequired: true) { one, _ in one.number },
        BLDSColumn("Description", field: "description", "What the work is.") { one, _ in
            one.record.description.seen(by: .public) ?? ""
        },
        BLDSColumn("AppliedDate", .date, field: "applied", "The day of the application.") { one, _ in text(one.record.applied) },
        BLDSColumn("IssuedDate", .date, field: "issued", "The day the permit was issued.") { one, _ in text(one.record.issued) },
        BLDSColumn("CompletedDate", .date, field: "finalized", "The day the permit was closed as done.") { one, _ in
            text(one.record.finalized)
        },
        BLDSColumn("ExpiresDate", .date, field: "expires", "The day after which the permit is no longer valid.") { one, _ in
            text(one.record.expires)
        },
        BLDSColumn("StatusCurrent", field: "status", "The status as the city calls it.", isRequired: true) { one, city in
            city.pack.status(one.record.status).map { $0.importNames.first ?? $0.name.english } ?? one.record.status
        },
        BLDSColumn("StatusCurrentMapped", field: "status", "The status in the words of BLDS.") { one, city in
            let status = city.pack.status(one.record.status)
            return (one.isInspected ? status?.bldsOnceInspected : nil) ?? status?.blds ?? ""
        },
        BLDSColumn("OriginalAddress1", field: "address", "The street, as it was given.") { one, _ in one.street },
        BLDSColumn("OriginalAddress2", field: "unit", "The unit, as it was given.") { one, _ in one.unit },
        BLDSColumn("OriginalCity", field: "address", "The city of the address.") { one, _ in one.city },
        BLDSColumn("OriginalState", field: "address", "The state of the address.") { one, _ in one.state },
        BLDSColumn("OriginalZip", field: "address", "The ZIP code of the address.") { one, _ in one.zip },
        BLDSColumn("Jurisdiction", field: "number", "The city that publishes the permit.") { _, city in city.pack.city.name },
        BLDSColumn("PermitType", field: "type", "The type as the city calls it.") { one, city in
            city.pack.caseType(one.record.type).map { $0.importNames.first ?? $0.name.english } ?? one.record.type
        },
        BLDSColumn("WorkClass", field: "work_class", "The kind of work as the city calls it.") { one, city in
            let work = city.pack.caseType(one.record.type)?.workClass(one.record.workClass)
            return work.map { $0.importNames.first ?? $0.name.english } ?? one.record.workClass
        },
        BLDSColumn("EstProjectCost", .number, field: "valuation", "What the work costs, in dollars, as declared.") { one, _ in
            one.record.valuation.seen(by: .public).flatMap(\.self).map(dollars) ?? ""
        },
        BLDSColumn("PIN", field: "parcel", "The number of the parcel.") { one, _ in one.parcel },
        BLDSColumn("MasterPermitNum", field: "parent", "The permit this one is part of.") { one, _ in one.parent },
        BLDSColumn("ProjectName", field: "project", "The project this permit belongs to.") { one, _ in
            one.record.project.seen(by: .public) ?? ""
        },
        BLDSColumn("ContractorCompanyName", field: "contractor", "The company that does the work.") { one, _ in one.contractor },
        BLDSColumn("ContractorTrade", field: "contractor", "What the company does on this permit.") { one, _ in one.trade },
        BLDSColumn("Link", field: "number", "The permit's page.") { one, city in city.url(CaseAddresses.show(one.number)) },
    ]

    /// What the column holds for a permit, if everybody may know it.
    func text(_ one: OpenCase, _ city: CityContext) -> String {
        city.pack.field(field)?.visibility == .public ? value(one, city) : ""
    }

    private static func text(_ day: CivilDate?) -> String { day?.description ?? "" }

    private static func dollars(_ money: Money) -> String {
        "\(money.cents < 0 ? "-" : "")\(money.cents.magnitude / 100).\(padded(Int(money.cents.magnitude % 100), 2))"
    }
}
