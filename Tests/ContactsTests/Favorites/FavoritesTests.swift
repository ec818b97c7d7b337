import Contacts
import Core
import TestSupport
import Testing

@Suite struct FavoritesTests {
    @Test("B6: a starred contact is listed once with its type, for that account alone, until it is removed")
    func stars() async throws {
        let city = try await TestCity.make()
        let company = try await city.company("Front Range Electric LLC")
        let other = try await city.company("Aspen Grove Inc")
        let me = try await city.account(email: "me@example.org")
        let somebody = try await city.account(email: "else@example.org")
        for type in ["contact", "contractor-electrical", "contractor-electrical"] {
            _ = try await city.write { try Favorites($0).add(company, as: type, for: me) }
        }
        _ = try await city.write { try Favorites($0).add(other, as: "contact", for: me) }
        let mine = try await city.read { try Favorites.all(of: me, $0) }
        #expect(mine.map(\.contact.name) == ["Aspen Grove Inc", "Front Range Electric LLC"])
        #expect(mine.map(\.contactType) == ["contact", "contractor-electrical"])
        #expect(try await city.read { try Favorites.all(of: somebody, $0).isEmpty })
        #expect(try await city.read { try Favorites.contains(company, of: me, $0) })
        _ = try await city.write { try Favorites($0).remove(company, for: me) }
        #expect(try await city.read { try !Favorites.contains(company, of: me, $0) })
        #expect(try await city.read { try Favorites.all(of: me, $0).map(\.contact.id) } == [other])
    }
}
