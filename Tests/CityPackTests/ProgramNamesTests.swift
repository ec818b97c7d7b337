import CityPack
import Portal
import Testing

/// A pack may only speak of what the program knows (D2, K2).
@Suite struct ProgramNamesTests {
    let names: ProgramNames

    init() throws { names = try Composition(isDemo: false).programNames() }

    private func problems(_ file: String, _ old: String, _ new: String) throws -> [String] {
        let files = try Boulder.changing(file, old, to: new).files
        do {
            _ = try CityPack.load(files: files, knowing: names)
            return []
        } catch { return error.problems.map(\.description) }
    }

    @Test func `Boulder's pack speaks of nothing that the program does not know`() {
        #expect(CityPack.check(directory: Boulder.directory, knowing: names) == [])
    }

    @Test func `D11 a field that the program does not know, or that has no class, is refused`() throws {
        let misspelled = try problems("fields.yaml", "name: valuation,", "name: valuaton,")
        #expect(misspelled.count == 1)
        #expect(misspelled.first?.hasSuffix(#"the program knows no field "valuaton"; did you mean "valuation"?"#) == true)
        let gone = try problems(
            "fields.yaml",
            "  - { name: phone_pin, visibility: secret, label: { en: \"Phone line PIN\", es: \"PIN de la línea telefónica\" } }",
            "")
        #expect(gone.count == 1 && gone[0].hasSuffix(#"field "phone_pin" is missing; it needs its class"#), "\(gone)")
    }

    @Test func `K2 a role carries only what the program's rules know`() throws {
        let found = try problems("roles.yaml", "contact.link,", "contact.lnk,")
        #expect(found.count == 1)
        #expect(
            found.first?.hasSuffix(#""may" of role "contact-steward" cannot be "contact.lnk"; did you mean "contact.link"?"#)
                == true)
    }

    @Test func `K2 somebody must be able to publish a pack again`() throws {
        let found = try problems("roles.yaml", "pack.publish, ", "")
        #expect(found.count == 1 && found[0].contains(#"no role may "pack.publish""#), "\(found)")
    }

    @Test func `a notice replaces a sentence that mails have, with all of its placeholders`() throws {
        let unknown = try problems("notices.yaml", "accounts.mail.closing", "accounts.mail.clossing")
        #expect(
            unknown.contains {
                $0.hasSuffix(#"no mail has a sentence "accounts.mail.clossing"; did you mean "accounts.mail.closing"?"#)
            })
        let missing = try problems("notices.yaml", "Call {phone}, Tuesday", "Call us, Tuesday")
        #expect(missing.count == 1 && missing[0].hasSuffix("has no {phone} in its English"), "\(missing)")
        let other = try problems("notices.yaml", "Llame al {phone}", "Llame al {fone}")
        #expect(other.count == 1 && other[0].contains("{fone} that nothing fills"), "\(other)")
    }

    @Test func `all modules are named`() throws {
        let found = try problems("modules.yaml", "key: code", "key: cods")
        #expect(found.count == 1 && found[0].hasSuffix(#"there is no module "cods"; did you mean "code"?"#), "\(found)")
    }
}
