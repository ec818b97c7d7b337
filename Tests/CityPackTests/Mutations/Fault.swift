/// One thing wrong in a good pack.
struct Fault: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case deletedKey = "a key deleted"
        case misspelledKey = "a key misspelled"
        case misspelledName = "a value or reference misspelled"
        case noSpanish = "Spanish removed"
        case emptyText = "a text emptied"
        case doubledKey = "a key doubled"
        case wrongType = "a wrong type"
        case badDate = "a bad date"
        case badNumber = "a bad number"
        case badForm = "a bad phone, color, prefix or time"
        case badIndent = "indentation broken"
        case badQuote = "a quote removed"
        case tab = "a tab"
        case noColon = "a colon or its space removed"
        case badBracket = "a bracket removed"
        case noClass = "a class removed"
        case doubledImport = "an import name doubled"
        case doubledName = "a key or prefix given twice"
        case placeholder = "a placeholder misspelled or missing"
        case path = "a status that names itself"
    }

    let file: String
    let kind: Kind
    /// The line that was changed.
    let place: Int
    /// The lines where a person would mend it: mostly one.
    let lines: Set<Int>
    /// The whole file with the fault.
    let text: String
}
