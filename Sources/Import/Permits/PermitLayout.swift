/// How a table of permits names its columns: one permit a row, the same meanings under different names (`contract.md` 4).
struct PermitLayout: Sendable {
    /// The name in the list of remembered rows.
    let file: String
    let address: String
    let unit: String?
    let work: String
    let expires: String?
    /// The field's own word for the type and the status, where the city's own is empty or unknown here.
    let mappedType: String?
    let mappedStatus: String?
    let required: [String]
    /// Whether the format writes days as `3/19/2021`.
    let isAmerican: Bool
    /// Whether every row says what kind of work it is.
    let needsWork: Bool
    let example: String

    /// The City of Boulder's construction-permit export: 35 columns.
    static let boulder = PermitLayout(
        file: "permits", address: "OriginalAddress", unit: nil, work: "PermitWorkType", expires: nil, mappedType: nil,
        mappedStatus: nil, required: ["PermitNum", "PermitType", "PermitWorkType", "StatusCurrent"], isAmerican: true,
        needsWork: true, example: "ELE2021-00408")

    /// The core data set of the Building & Land Development Specification (permitdata.org).
    static let blds = PermitLayout(
        file: "permits", address: "OriginalAddress1", unit: "OriginalAddress2", work: "WorkClass", expires: "ExpiresDate",
        mappedType: "PermitTypeMapped", mappedStatus: "StatusCurrentMapped", required: ["PermitNum", "StatusCurrent"],
        isAmerican: false, needsWork: false, example: "ELE2021-00408")

    /// What a permit is made of. Counters of an export (`ObjectId`) are not: they change from export to export.
    var columns: [String] {
        [
            "PermitNum", "MasterPermitNum", "Description", "AppliedDate", "IssuedDate", "CompletedDate", "StatusCurrent", address,
            "OriginalCity", "OriginalState", "OriginalZip", "PIN", "ProjectName", "PermitType", work, "EstProjectCost",
            "ContractorCompanyName", "ContractorTrade",
        ] + [unit, expires, mappedType, mappedStatus].compactMap(\.self)
    }
}
