import Cases
import CityPack
import Contacts
import Core
import Database
import Primitives
import TestSupport
import Testing

@testable import PublicRecord

/// What the public record holds (J1, D11).
struct PublicIndexTests {
    @Test("J1 A case that was just made is found at once")
    func fresh() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00408", description: "Rewire the garage")
        #expect(try await city.numbers("garage") == ["ELE2021-00408"])
    }

    @Test("A company's new name is found on its cases, and the old one is not")
    func renamed() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Northfork Electric LLC")
        let id = try await city.aCase(number: "ELE2021-00408")
        try await city.grant(company, on: id, as: "contractor-electrical")
        #expect(try await city.numbers("northfork") == ["ELE2021-00408"])
        try await city.write { _ = try ContactWriter($0).correct(company, [.companyName: "Southfork Electric LLC"], why: "test") }
        #expect(try await city.numbers("southfork") == ["ELE2021-00408"])
        #expect(try await city.numbers("northfork") == [])
    }

    @Test("D11 A confidential case and a draft are not in it")
    func absent() async throws {
        let city = try await TestCity.make()
        try await city.aCase(number: "ELE2021-00001", description: "garage", confidential: true)
        try await city.aCase(number: "ELE2021-00002", description: "garage", submitted: false)
        try await city.aCase(number: "ELE2021-00003", description: "garage")
        #expect(try await city.numbers("garage") == ["ELE2021-00003"])
        #expect(try await city.numbers("ELE2021-00001") == [])
        #expect(try await city.numbers() == ["ELE2021-00003"])
    }

    @Test("D11 Whatever becomes of cases, it holds exactly what a guest may see", arguments: [1, 2, 3] as [UInt64])
    func equalsTheAccessTable(seed: UInt64) async throws {
        let city = try await TestCity.make()
        var chance = Chance(seed: seed)
        var ids: [CaseID] = []
        for _ in 0..<12 {
            ids.append(try await city.aCase(confidential: chance.happens(50), submitted: chance.happens(50)))
        }
        for _ in 0..<5 {
            for id in ids where chance.happens(50) {
                let (confidential, submitted) = (chance.happens(50), chance.happens(50))
                let applied = CivilDate(year: 2020, month: 1, day: 1).adding(days: chance.below(500))
                try await city.write { change in
                    try change.conn.run(
                        """
                        UPDATE case_record SET confidential = \(confidential), submitted = \(submitted), applied = \(applied)
                        WHERE id = \(id)
                        """)
                    try change.record(NewFact(.caseCorrected, about: .case(id)))
                }
            }
            let visible = city.context.access.visible("case.public-view", to: .guest, alias: "c")
            let (expected, listed, texted) = try await city.read { conn in
                let match = SearchWords(whole: ["panel"])
                let all = try RecordMemory().textIndex(conn).keys(match, .all, .newest, limit: 100)
                return (
                    try conn.rows("SELECT c.id FROM case_record c WHERE \(visible) ORDER BY c.applied DESC, c.id DESC").map {
                        try $0[0] as Int64
                    },
                    try conn.rows("SELECT case_id FROM public_entry ORDER BY id DESC").map { try $0[0] as Int64 },
                    try conn.rows("SELECT case_id FROM public_entry WHERE id IN (\(all)) ORDER BY id DESC").map {
                        try $0[0] as Int64
                    }
                )
            }
            #expect(listed == expected)
            #expect(texted == expected)
        }
        guard TestDatabase.current == .sqlite else { return }
        try await city.write { change in
            _ = try change.conn.run("INSERT INTO public_entry_text (public_entry_text, rank) VALUES ('integrity-check', 1)")
        }
    }

    @Test("D11 A field that the city does not call public is neither shown nor found")
    func fieldClass() async throws {
        let pack = try TestCity.pack(
            replacing: "name: description, visibility: public", with: "name: description, visibility: party",
            in: "fields.yaml")
        let city = try await TestCity.make(pack: pack)
        try await city.aCase(number: "ELE2021-00408", description: "Rewire the vault")
        #expect(try await city.numbers("vault") == [])
        #expect(try await city.found(RecordQuery()).entries.map(\.description) == [""])
    }

    @Test("J1 A contractor is found by name from the moment it is on the case until it is taken off")
    func contractor() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(number: "ELE2021-00408")
        let company = try await city.company("Northfork Électric LLC")
        #expect(try await city.numbers("northfork") == [])
        try await city.grant(company, on: id, as: "contractor-electrical")
        #expect(try await city.numbers("northfork electric") == ["ELE2021-00408"])
        #expect(try await city.found(RecordQuery()).entries.map(\.contractors) == ["Northfork Électric LLC"])
        _ = try await city.write { try GrantWriter($0).remove(company, from: id, type: "contractor-electrical") }
        #expect(try await city.numbers("northfork") == [])
    }

    @Test("B5 People, owners and companies added by address only are not in it")
    func notContractors() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase()
        let person = try await city.person("Ada", "Lindqvist")
        let owner = try await city.company("Quiet Holdings LLC")
        let byAddress = try await city.company("Hidden Electric LLC")
        try await city.grant(person, on: id, as: "contractor-electrical")
        try await city.grant(owner, on: id, as: "property-owner")
        try await city.grant(byAddress, on: id, as: "contractor-electrical")
        try await city.write { change in
            try change.conn.run(
                "UPDATE case_grant SET added_as = 'hidden@example.org' WHERE case_id = \(id) AND contact_id = \(byAddress)")
            try change.record(NewFact(.caseCorrected, about: .case(id)))
        }
        #expect(try await city.numbers("lindqvist") == [])
        #expect(try await city.numbers("holdings") == [])
        #expect(try await city.numbers("hidden") == [])
    }

    @Test("J1 A case that changes its status is found under the new one only")
    func status() async throws {
        let city = try await TestCity.make()
        let id = try await city.aCase(number: "ELE2021-00408", status: "issued")
        try await city.write { try CaseWriter($0).setStatus("closed", of: id) }
        let (issued, closed) = (city.context.pack.status("issued"), city.context.pack.status("closed"))
        #expect(try await city.numbers(RecordQuery(status: issued)) == [])
        #expect(try await city.numbers(RecordQuery(status: closed)) == ["ELE2021-00408"])
        #expect(try await city.numbers(RecordQuery(text: "panel", status: issued)) == [])
        #expect(try await city.numbers(RecordQuery(text: "panel", status: closed)) == ["ELE2021-00408"])
    }
}
