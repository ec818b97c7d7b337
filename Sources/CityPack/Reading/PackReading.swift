/// What a pack's files say, when nothing is wrong with them.
struct PackContents {
    let city: City
    let caseTypes: [CaseType]
    let statuses: [Status]
    let contactTypes: [ContactType]
    let fields: [FieldDeclaration]
    let samples: [SampleValue]
}

/// Reads the files and holds them against each other.
enum PackReading {
    static let fileNames = [CityFile.name, CaseTypesFile.name, StatusesFile.name, ContactTypesFile.name, FieldsFile.name]

    static func contents(of files: [String: String]) -> Result<PackContents, PackProblems> {
        var stray = strayFiles(files)

        var cityReader = FileReader(file: CityFile.name)
        let city = cityReader.open(files, CityFile.required).flatMap { CityFile.read($0, &cityReader) }

        var statusReader = FileReader(file: StatusesFile.name)
        let statuses = statusReader.open(files, StatusesFile.required).map { StatusesFile.read($0, &statusReader) }

        var fieldReader = FileReader(file: FieldsFile.name)
        let fields = fieldReader.open(files, FieldsFile.required).map { FieldsFile.read($0, &fieldReader) }

        var contactReader = FileReader(file: ContactTypesFile.name)
        let contactTypes = contactReader.open(files, ContactTypesFile.required).map { ContactTypesFile.read($0, &contactReader) }
        let contactKeys = contactReader.declared.isEmpty ? nil : contactReader.declared.map(\.value)

        var caseReader = FileReader(file: CaseTypesFile.name)
        let caseTypes = caseReader.open(files, CaseTypesFile.required).map {
            CaseTypesFile.read($0, contactTypes: contactKeys, &caseReader)
        }
        if let used = caseTypes?.usedContactTypes, !used.isEmpty {
            for key in contactReader.declared where !used.contains(key.value) {
                contactReader.report(key.line, "no case type offers contact type \"\(key.value)\"")
            }
        }

        let readers = [cityReader, caseReader, statusReader, contactReader, fieldReader]
        stray += readers.flatMap(\.problems)
        guard stray.isEmpty, let city, let caseTypes, let statuses, let contactTypes, let fields else {
            let sorted = stray.sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
            return .failure(PackProblems(problems: sorted))
        }
        return .success(
            PackContents(
                city: city, caseTypes: caseTypes.types, statuses: statuses, contactTypes: contactTypes, fields: fields,
                samples: readers.flatMap(\.samples)))
    }

    /// A file that nothing reads is a misspelled name more often than not.
    private static func strayFiles(_ files: [String: String]) -> [PackProblem] {
        files.keys.filter { !fileNames.contains($0) }.map { name in
            PackProblem(file: name, line: 1, message: "nothing reads this file" + Suggestion.clause(for: name, among: fileNames))
        }
    }
}

extension FileReader {
    /// The file's root, or a problem that says the file is missing.
    fileprivate mutating func open(_ files: [String: String], _ required: [String]) -> Record? {
        guard let text = files[file] else {
            report(1, "this file is missing")
            return nil
        }
        return root(text, required: required)
    }
}
