internal import Primitives

/// A pack as plain lists, in the order of its files: what a comparison goes through. Words for what is compared are the keys of
/// the files, which whoever writes packs knows.
struct PackOutline {
    /// One list of a file.
    struct Section {
        let name: PackSection
        let items: [Item]
    }

    /// One thing of a list.
    struct Item {
        let key: String
        let name: String
        let says: [Said]
    }

    /// What is said of a thing, by key: `bucket`, `pending`.
    struct Said {
        let key: String
        let value: String
    }

    let sections: [Section]

    init(_ pack: CityPack) {
        sections = [
            Section(name: .city, items: PackOutline.city(pack.city)),
            Section(name: .departments, items: pack.departments.map(PackOutline.item)),
            Section(name: .modules, items: pack.modules.map(PackOutline.item)),
            Section(name: .workClasses, items: PackOutline.workClasses(pack)),
            Section(name: .caseTypes, items: pack.caseTypes.map(PackOutline.item)),
            Section(name: .statuses, items: pack.statuses.map(PackOutline.item)),
            Section(name: .contactTypes, items: pack.contactTypes.map(PackOutline.item)),
            Section(name: .fields, items: pack.fields.map(PackOutline.item)),
            Section(name: .roles, items: pack.roles.map(PackOutline.item)),
            Section(name: .topics, items: pack.topics.map(PackOutline.item)),
            Section(name: .macros, items: pack.macros.map(PackOutline.item)),
            Section(name: .notices, items: pack.notices.map(PackOutline.item)),
            Section(name: .samples, items: PackOutline.samples(pack)),
        ]
    }

    private static func city(_ city: City) -> [Item] {
        let own = Item(
            key: "city", name: city.name,
            says: says(
                one("name", city.name), one("short_name", city.shortName), one("state", city.state),
                one("department", city.department), one("time_zone", city.timeZone), one("cut_over", "\(city.cutOver)"),
                one("phone", city.phone), one("inspection_line", city.inspectionLine), one("email", city.email),
                list("address", city.address), list("mail_address", city.mailAddress), words("hours", city.hours),
                one("response_working_days", "\(city.responseWorkingDays)"), one("brand_color", city.brandColor),
                one("brand_mark", city.brandMark)))
        return [own] + city.holidays.map { Item(key: "\($0.date)", name: $0.name.english, says: words("name", $0.name)) }
    }

    private static func item(_ department: Department) -> Item {
        let opening = department.opening.sorted { $0.key < $1.key }.map { "\(weekday($0.key)) \($0.value)" }
        return Item(
            key: department.key, name: department.name.english,
            says: says(
                words("name", department.name), one("phone", department.phone), one("email", department.email),
                list("address", department.address), list("opening", opening), words("hours", department.hours)))
    }

    private static func item(_ module: ModuleDeclaration) -> Item {
        Item(
            key: module.module.rawValue, name: module.name.english,
            says: says(one("open", "\(module.isOpen)"), words("name", module.name), words("plural", module.plural)))
    }

    private static func workClasses(_ pack: CityPack) -> [Item] {
        var seen: Set<String> = []
        return pack.caseTypes.flatMap(\.workClasses).filter { seen.insert($0.key).inserted }.map { work in
            Item(
                key: work.key, name: work.name.english,
                says: says(words("name", work.name), list("import_names", work.importNames)))
        }
    }

    private static func item(_ type: CaseType) -> Item {
        Item(
            key: type.key, name: type.name.english,
            says: says(
                words("name", type.name), one("module", type.module.rawValue), one("prefix", type.prefix),
                list("work_classes", type.workClasses.map(\.key)), list("contact_types", type.contactTypes),
                words("explanation", type.explanation), list("import_names", type.importNames)))
    }

    private static func item(_ status: Status) -> Item {
        let byModule = CaseModule.allCases.flatMap { words("next_by_module.\($0.rawValue)", status.nextByModule[$0]) }
        return Item(
            key: status.key, name: status.name.english,
            says: says(
                words("name", status.name), one("start", "\(status.isStart)"), list("after", status.after),
                one("blds", status.blds), one("blds_once_inspected", status.bldsOnceInspected ?? ""),
                one("bucket", status.bucket.rawValue), one("turn", status.turn.rawValue), one("tone", status.tone.rawValue),
                one("step", status.step.rawValue), words("next", status.next), byModule,
                list("import_names", status.importNames)))
    }

    private static func item(_ type: ContactType) -> Item {
        Item(
            key: type.key, name: type.name.english,
            says: says(
                words("name", type.name), list("rights", type.rights.names), list("licenses", type.licenses),
                list("card_rights", type.cardRights?.names ?? []), words("explanation", type.explanation),
                words("example", type.example),
                list("import_names", type.importNames)))
    }

    private static func item(_ field: FieldDeclaration) -> Item {
        Item(
            key: field.name, name: field.label.english,
            says: says(one("visibility", field.visibility.rawValue), words("label", field.label)))
    }

    private static func item(_ role: RoleDeclaration) -> Item {
        Item(
            key: role.key, name: role.name.english,
            says: says(words("name", role.name), words("explanation", role.explanation), list("may", role.may)))
    }

    private static func item(_ topic: HelpTopic) -> Item {
        Item(
            key: topic.key, name: topic.name.english,
            says: says(
                words("name", topic.name), words("explanation", topic.explanation), one("kind", topic.kind.rawValue),
                one("department", topic.department), one("role", topic.role), one("working_days", "\(topic.workingDays)"),
                one("asks_for_case", "\(topic.asksForCase)")))
    }

    private static func item(_ macro: Macro) -> Item {
        Item(
            key: macro.key, name: macro.name.english,
            says: says(words("name", macro.name), words("text", macro.text), list("topics", macro.topics)))
    }

    private static func item(_ notice: CityNotice) -> Item {
        Item(key: notice.key, name: "", says: words("text", notice.text))
    }

    /// What is marked; two marks may be named alike.
    private static func samples(_ pack: CityPack) -> [Item] {
        var seen: Set<String> = []
        return pack.samples.map { "\($0.file): \($0.what)" }.filter { seen.insert($0).inserted }
            .map { Item(key: $0, name: "", says: []) }
    }

    // MARK: - What is said

    private static func says(_ parts: [Said]...) -> [Said] { parts.flatMap { $0 } }
    private static func one(_ key: String, _ value: String) -> [Said] { [Said(key: key, value: value)] }
    private static func list(_ key: String, _ values: [String]) -> [Said] { one(key, values.joined(separator: ", ")) }

    private static func words(_ key: String, _ text: LocalizedText?) -> [Said] {
        one("\(key).en", text?.english ?? "") + one("\(key).es", text?.spanish ?? "")
    }

    private static func weekday(_ number: Int) -> String {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][(number - 1) % 7]
    }
}
