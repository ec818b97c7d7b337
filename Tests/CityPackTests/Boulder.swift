import CityPack
import Foundation
import Testing

/// The pack in the repository, found from this file.
enum Boulder {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let directory = root.appendingPathComponent("Cities/boulder").path

    private static let loaded = Result { try CityPack.load(directory: directory) }

    static func files() throws -> [String: String] { try loaded.get().files }

    /// The files with one piece of text changed, and the line where the change begins.
    static func changing(
        _ file: String, _ old: String, to new: String, after anchor: String = ""
    ) throws -> (files: [String: String], line: Int) {
        var files = try files()
        let text = try #require(files[file])
        let start = anchor.isEmpty ? text.startIndex : try #require(text.range(of: anchor), "no \(anchor)").upperBound
        let range = try #require(text.range(of: old, range: start..<text.endIndex), "no \(old) in \(file)")
        files[file] = text.replacingCharacters(in: range, with: new)
        return (files, 1 + text[..<range.lowerBound].count { $0 == "\n" })
    }

    static func problems(_ files: [String: String]) -> [PackProblem] {
        do {
            _ = try CityPack.load(files: files)
            return []
        } catch {
            return error.problems
        }
    }
}

/// Names as the city's permit export writes them (599 permits of 2021).
enum Export {
    static let permitTypes: [(name: String, prefix: String)] = [
        ("Mechanical Permit", "MEC"), ("Electrical Permit", "ELE"), ("Right-of-Way Permit", "ROW"), ("Utility Permit", "UTL"),
        ("Building Permit - Single Family Detached Dwelling", "BLD-SFD"), ("Plumbing Permit", "PLB"),
        ("Roofing Replacement Permit", "RFG"), ("Building Permit - Accessory", "BLD-ACC"), ("Fire Permit", "FIR"),
        ("Building Permit - Non-Residential", "BLD-NRE"), ("Building Permit - Multifamily", "BLD-MFD"), ("Sign Permit", "SGN"),
        ("Floodplain Permit", "FLD"), ("Demolition Permit", "DEM"), ("Fence and Wall Permit", "FEN"),
        ("Building Permit - Townhome", "BLD-TWN"), ("Construction/Sales or Relocatable Building Permit", "CTR"),
        ("Temporary Event Permit", "TEV"), ("Wetland Permit", "WET"),
        ("Building Permit - Single Family Attached Dwelling", "BLD-SFA"),
    ]

    static let workTypes: [String: [String]] = [
        "Mechanical Permit": ["Mechanical HVAC/Solar", "Mechanical Sub-Permit"],
        "Electrical Permit": ["Electrical Permit", "Electrical Sub-Permit", "Temporary Construction Power"],
        "Right-of-Way Permit": ["Right-of-Way Permit"],
        "Utility Permit": ["Utility Permit", "Utility Sub-Permit"],
        "Building Permit - Single Family Detached Dwelling": ["Remodel", "Addition and Remodel", "New", "Addition", "Repair"],
        "Plumbing Permit": ["Plumbing Permit", "Plumbing Sub-Permit"],
        "Roofing Replacement Permit": ["Roofing Replacement Permit"],
        "Building Permit - Accessory": ["New", "Addition", "Remodel"],
        "Fire Permit": ["Fire Permit"],
        "Building Permit - Non-Residential": ["Remodel", "Addition"],
        "Building Permit - Multifamily": ["Repair", "Remodel", "Addition and Remodel", "New"],
        "Sign Permit": ["Sign Permit"],
        "Floodplain Permit": ["Non-Public Process"],
        "Demolition Permit": ["Demolition Permit"],
        "Fence and Wall Permit": ["Fence and Wall Permit"],
        "Building Permit - Townhome": ["Remodel", "Repair"],
        "Construction/Sales or Relocatable Building Permit": ["Construction/Sales or Relocatable Building Permit"],
        "Temporary Event Permit": ["Temporary Event Permit"],
        "Wetland Permit": ["Non-Public Process"],
        "Building Permit - Single Family Attached Dwelling": ["Remodel"],
    ]

    static let statuses: [(name: String, blds: String, bucket: Bucket)] = [
        ("Received", "Application Accepted", .pending), ("Received - Online", "Application Accepted", .pending),
        ("Pending at Applicant", "Application Accepted", .attention), ("In Review", "In Review", .pending),
        ("Revisions - Resubmit", "In Review", .attention), ("On Hold", "In Review", .attention),
        ("Approved for Issuance", "In Review", .pending), ("Payment Pending", "Fees/Payment", .attention),
        ("Issued", "Permit Issued", .active), ("Letter of Completion", "Permit Finaled", .closed),
        ("Closed", "Permit Finaled", .closed), ("Void", "Permit Cancelled", .closed),
        ("Withdrawn", "Permit Cancelled", .closed),
    ]

    /// Trades, and the permit types on which the export has them.
    static let trades: [String: [String]] = [
        "Contractor: General": [
            "Electrical Permit", "Mechanical Permit", "Plumbing Permit", "Roofing Replacement Permit", "Utility Permit",
            "Building Permit - Accessory", "Building Permit - Multifamily", "Building Permit - Non-Residential",
            "Building Permit - Single Family Detached Dwelling", "Building Permit - Single Family Attached Dwelling",
            "Building Permit - Townhome", "Demolition Permit", "Sign Permit", "Floodplain Permit", "Fence and Wall Permit",
            "Construction/Sales or Relocatable Building Permit",
        ],
        "Contractor: Right-of-Way": ["Right-of-Way Permit", "Utility Permit"],
        "Contractor: Mechanical": ["Mechanical Permit", "Electrical Permit"],
        "Contractor: Electrical": ["Electrical Permit", "Mechanical Permit"],
        "Contractor: Plumbing": ["Plumbing Permit", "Mechanical Permit"],
        "Contractor: Fire": ["Fire Permit"],
        "Owner/Contractor": [
            "Electrical Permit", "Mechanical Permit", "Plumbing Permit", "Building Permit - Accessory",
            "Building Permit - Single Family Detached Dwelling", "Floodplain Permit",
        ],
        "Contractor: Roofing": ["Roofing Replacement Permit"],
        "Contractor: Sign": ["Sign Permit"],
        "Contractor: Demolition and Moving": ["Demolition Permit"],
    ]
}
