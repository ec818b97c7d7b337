internal import Cases
internal import Core
internal import Primitives

/// A hold on somebody who acts on a case stands in the way of what it names (B11, D10), with its reason and whom to call.
enum HoldObstacles {
    static let all: [ObstacleSource] = [
        source("request-inspection", .requestInspection), source("pay-by-check", .payByCheck), source("renew", .renew),
    ]

    private static func source(_ action: String, _ held: ContactHold.Held) -> ObstacleSource {
        ObstacleSource(action) { seen, city, conn in
            try ContactHold.all(onCase: seen.record.id, held, conn).map { hold in
                Obstacle(
                    Phrase("cleanUp.hold.obstacle", ["reason": .text(hold.reason), "phone": .text(city.pack.city.phone)]))
            }
        }
    }
}

/// Whoever acts for a contact reads that it was held and why; so does the city.
enum HoldTellings {
    static let all: [FactTelling] = [
        FactTelling(.holdPlaced, for: .party) { Phrase("cleanUp.told.held", ["name": .text($0.text("name"))]) },
        FactTelling(.holdLifted, for: .party) { Phrase("cleanUp.told.lifted", ["name": .text($0.text("name"))]) },
    ]
}
