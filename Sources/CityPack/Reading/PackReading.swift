internal import Primitives
internal import Yams

/// What a pack's files say, when nothing is wrong with them.
struct PackContents {
    let city: City
    let departments: [Department]
    let modules: [ModuleDeclaration]
    let caseTypes: [CaseType]
    let statuses: [Status]
    let contactTypes: [ContactType]
    let fields: [FieldDeclaration]
    let topics: [HelpTopic]
    let macros: [Macro]
    let notices: [CityNotice]
    let roles: [RoleDeclaration]
    let samples: [SampleValue]
}

/// Reads the files and holds them against each other.
struct PackReading {
    static let fileNames = [
        CityFile.name, DepartmentsFile.name, ModulesFile.name, CaseTypesFile.name, StatusesFile.name, ContactTypesFile.name,
        FieldsFile.name, RolesFile.name, TopicsFile.name, MacrosFile.name, NoticesFile.name,
    ]

    let files: [String: ComposedFile]
    /// What the program knows; nil when a pack is only read, or was stored.
    let names: ProgramNames?
    let isStored: Bool

    func contents() -> Result<PackContents, PackProblems> {
        var problems = strayFiles()
        var readers: [FileReader] = []
        func finish(_ reader: FileReader) {
            problems += reader.problems
            readers.append(reader)
        }

        var (city, cityReader) = (City?.none, reader(CityFile.name))
        if let root = open(CityFile.keys, &cityReader) { city = CityFile.read(root, &cityReader) }
        finish(cityReader)
        let modules = list(ModulesFile.name, ModulesFile.keys, finish) { ModulesFile.read($0, &$1) }
        let statuses = list(StatusesFile.name, StatusesFile.keys, finish) { StatusesFile.read($0, &$1) }
        let fields = list(FieldsFile.name, FieldsFile.keys, finish) { FieldsFile.read($0, known: names?.fields, &$1) }
        let departments = list(DepartmentsFile.name, DepartmentsFile.keys, finish) { DepartmentsFile.read($0, &$1) }
        let roles = list(RolesFile.name, RolesFile.keys, finish) { RolesFile.read($0, actions: names?.actions, &$1) }
        let topics = list(TopicsFile.name, TopicsFile.keys, finish) {
            TopicsFile.read($0, departments: departments.keys, roles: roles.keys, &$1)
        }
        let macros = list(MacrosFile.name, MacrosFile.keys, finish) { MacrosFile.read($0, topics: topics.keys, &$1) }
        let notices = list(NoticesFile.name, NoticesFile.keys, finish) { NoticesFile.read($0, known: names?.notices, &$1) }

        var caseReader = reader(CaseTypesFile.name)
        let caseRoot = open(CaseTypesFile.keys, &caseReader)
        var contactReader = reader(ContactTypesFile.name)
        let contactTypes = open(ContactTypesFile.keys, &contactReader).map {
            ContactTypesFile.read($0, licenses: CaseTypesFile.licenses(caseRoot), &contactReader)
        }
        let contactKeys = contactReader.declared.isEmpty ? nil : contactReader.declared.map(\.value)
        let caseTypes = caseRoot.map { CaseTypesFile.read($0, contactTypes: contactKeys, &caseReader) }
        if let used = caseTypes?.usedContactTypes, !used.isEmpty {
            for key in contactReader.declared where !used.contains(key.value) {
                contactReader.judge(key.line, "no case type offers contact type \"\(key.value)\"")
            }
        }
        finish(caseReader)
        finish(contactReader)

        guard problems.isEmpty, let city, let caseTypes, let contactTypes else {
            return .failure(
                PackProblems(problems: problems.sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }))
        }
        return .success(
            PackContents(
                city: city, departments: departments.items, modules: modules.items, caseTypes: caseTypes.types,
                statuses: statuses.items, contactTypes: contactTypes, fields: fields.items, topics: topics.items,
                macros: macros.items, notices: notices.items, roles: roles.items, samples: readers.flatMap(\.samples)))
    }

    private func reader(_ file: String) -> FileReader { FileReader(file: file, isStored: isStored) }

    /// The items of a file that holds one list, and their keys; no keys when the file could not be read.
    private func list<Item>(
        _ file: String, _ keys: FileReader.Keys, _ finish: (FileReader) -> Void, _ read: (Record, inout FileReader) -> [Item]
    ) -> (items: [Item], keys: [String]?) {
        var reader = reader(file)
        let items = open(keys, &reader).map { read($0, &reader) } ?? []
        finish(reader)
        return (items, reader.declared.isEmpty ? nil : reader.declared.map(\.value))
    }

    /// The file's root, or a problem that says the file is missing.
    private func open(_ keys: FileReader.Keys, _ reader: inout FileReader) -> Record? {
        guard let file = files[reader.file] else {
            reader.report(1, "this file is missing")
            return nil
        }
        switch file.node {
        case .success(let node): return reader.root(node, keys)
        case .failure where !file.faults.isEmpty:
            for fault in file.faults { reader.report(fault.line, fault.message) }
            return nil
        case .failure(let broken):
            reader.report(broken.line, broken.message)
            return nil
        }
    }

    /// A file that nothing reads is a misspelled name more often than not.
    private func strayFiles() -> [PackProblem] {
        guard !isStored else { return [] }
        let known = PackReading.fileNames
        return files.keys.filter { !known.contains($0) }.map { name in
            PackProblem(file: name, line: 1, message: "nothing reads this file" + Suggestion.clause(for: name, among: known))
        }
    }
}

/// A file's text as nodes, with what is wrong in single lines.
struct ComposedFile {
    let node: Result<Node, YAMLText.Broken>
    let faults: [YAMLLines.Fault]

    /// - Parameter isStored: a stored text is taken as YAML, however it is written.
    init(_ text: String, isStored: Bool = false) {
        faults = isStored ? [] : YAMLLines.faults(in: text)
        if let fault = faults.first {
            node = .failure(YAMLText.Broken(line: fault.line, message: fault.message))
        } else {
            do { node = .success(try YAMLText.compose(text)) } catch { node = .failure(error) }
        }
    }
}
