internal import Cases
internal import CityPack
internal import Core
internal import Places
internal import Primitives

/// Invents cases: dates from years before the cut-over until today, denser towards today; statuses that fit their age; every type and
/// status at least once.
struct DemoPlanner {
    let pack: CityPack
    let today: CivilDate
    let crowd: DemoCrowd
    var dice: Dice
    private var isLarge = false

    init(pack: CityPack, today: CivilDate, crowd: DemoCrowd, dice: Dice) {
        self.pack = pack
        self.today = today
        self.crowd = crowd
        self.dice = dice
    }

    /// The cases of the city in the order of their days, the cast's among them.
    /// - Parameter traps: people and companies of whom each stands on one case at least.
    mutating func plan(_ count: Int, special: [PlannedCase], traps: DemoTraps) -> [PlannedCase] {
        isLarge = count >= DemoPlanner.largeCity
        let coverage = max(pack.caseTypes.count, pack.statuses.count)
        let regular = max(coverage, count - special.count)
        var plan: [PlannedCase] = []
        plan.reserveCapacity(regular + special.count)
        var subs: [(PlannedCase, parent: Int)] = []
        for position in 0..<regular {
            let day = day(position, of: regular)
            let turn = turn(position, of: regular, coverage)
            if turn == nil, let (sub, parent) = subs.popLast() {
                plan.append(below(sub, parent: parent, on: day))
                continue
            }
            var planned = turn.map { covering($0, on: day) } ?? self.regular(on: day)
            planned.index = position
            if planned.isParent { subs = subPermits(of: planned).map { ($0, position) } }
            plan.append(planned)
        }
        setTraps(traps, in: &plan)
        for (offset, var planned) in special.enumerated() {
            // Parents within the cast are named by their place in it.
            planned.index = regular + offset
            planned.parent = planned.parent.map { $0 + regular }
            plan.append(planned)
        }
        return plan.enumerated()
            .sorted { ($0.element.new.applied ?? today, $0.offset) < ($1.element.new.applied ?? today, $1.offset) }.map(\.element)
    }

    /// Spread over the cases of the city, the newer half of them; what people wrote and what spreadsheets did as well.
    private func setTraps(_ traps: DemoTraps, in plan: inout [PlannedCase]) {
        let places = plan.indices.filter { plan[$0].new.isSubmitted && !plan[$0].new.isConfidential && $0 * 2 >= plan.count }
        guard !places.isEmpty else { return }
        let stride = max(1, places.count / max(1, traps.contacts.count))
        for (turn, contact) in traps.contacts.enumerated() {
            let place = places[turn * stride % places.count]
            plan[place].parties.append(.init(contact: contact, type: "applicant"))
            switch turn % 5 {
            case 0: plan[place].new.description = DemoTraps.descriptions[turn / 5 % DemoTraps.descriptions.count]
            case 1: plan[place].new.parcel = DemoTraps.ruinedParcel
            default: break
            }
        }
        // A sub-permit whose building permit did not come over from the older system.
        func subPermit(_ place: Int) -> String? {
            pack.caseType(plan[place].new.type)?.workClasses.first { $0.key.hasSuffix("sub-permit") }?.key
        }
        let orphans = places.filter { plan[$0].parent == nil && !plan[$0].isParent && subPermit($0) != nil }
        for (turn, place) in orphans.enumerated() where turn % 8 == 0 {
            plan[place].new.workClass = subPermit(place) ?? plan[place].new.workClass
        }
    }

    /// From so many cases on the city is a large one.
    private static let largeCity = 20_000

    // MARK: - Days

    /// The first cases lie before the cut-over (C4), the others get denser towards today. In a large city as many come every day, as
    /// they have for ten years and more.
    private func day(_ position: Int, of count: Int) -> CivilDate {
        let share = (Double(position) + 0.5) / Double(count)
        if isLarge {
            return workday(today.adding(days: -Int((1 - share) * Double(max(3650, pack.city.cutOver.days(until: today) + 1500)))))
        }
        let cutOver = pack.city.cutOver
        let day: CivilDate
        if share < 0.05 {
            day = cutOver.adding(days: -1 - Int((1 - share / 0.05) * 1500))
        } else {
            let left = 1 - (share - 0.05) / 0.95
            let span = Double(min(1100, max(1, cutOver.days(until: today))))
            day = today.adding(days: -Int(span * left * left.squareRoot()))
        }
        return workday(day)
    }

    /// Offices are closed on weekends: the Friday before.
    func workday(_ day: CivilDate) -> CivilDate { day.adding(days: -max(0, day.weekday - 5)) }

    // MARK: - One case

    /// Some of the newer half of the places are kept for every type and status in turn.
    private func turn(_ position: Int, of count: Int, _ coverage: Int) -> Int? {
        let stride = max(1, count / (2 * coverage))
        let fromEnd = count - 1 - position
        return fromEnd % stride == 0 && fromEnd / stride < coverage ? fromEnd / stride : nil
    }

    private mutating func covering(_ turn: Int, on day: CivilDate) -> PlannedCase {
        make(pack.caseTypes[turn % pack.caseTypes.count], pack.statuses[turn % pack.statuses.count], on: day)
    }

    private mutating func regular(on day: CivilDate) -> PlannedCase {
        let type = dice.pick(pack.caseTypes.map { (weight: DemoPlanner.weight($0), item: $0) }) ?? pack.caseTypes[0]
        var planned = make(type, status(on: day), on: day)
        if type.module == .code, dice.chance(20) { planned.new.isConfidential = true }
        if day.days(until: today) < 30, dice.chance(8) { makeDraft(&planned) }
        return planned
    }

    private static func weight(_ type: CaseType) -> Int {
        switch type.module {
        case .permit: type.workClasses.contains { $0.key.hasSuffix("sub-permit") } ? 10 : 5
        case .plan, .code, .request: 2
        case .license: 4
        }
    }

    private mutating func status(on day: CivilDate) -> Status {
        let age = day.days(until: today)
        let buckets: [(weight: Int, item: Bucket)] =
            switch age {
            case 2400... where isLarge: [(3, .active), (97, .closed)]
            case _ where day < pack.city.cutOver: [(50, .active), (50, .closed)]
            case ..<14: [(60, .pending), (25, .attention), (15, .active)]
            case ..<60: [(30, .pending), (30, .attention), (38, .active), (2, .closed)]
            case ..<240: [(6, .pending), (12, .attention), (52, .active), (30, .closed)]
            default: [(2, .attention), (16, .active), (82, .closed)]
            }
        return status(dice.pick(buckets) ?? .active)
    }

    mutating func status(_ bucket: Bucket) -> Status {
        // Few cases are cancelled.
        let fitting = pack.statuses.filter { $0.bucket == bucket }
            .map { (weight: $0.blds == "Permit Cancelled" ? 1 : 6, item: $0) }
        return dice.pick(fitting) ?? pack.statuses[0]
    }

    /// A case with everything but its cast: dates that fit the status, a place, the usual parties.
    mutating func make(_ type: CaseType, _ status: Status, on day: CivilDate, withParties: Bool = true) -> PlannedCase {
        var new = NewCase(number: "", type: type.key, status: status.key)
        let standalone = type.workClasses.filter { !$0.key.hasSuffix("sub-permit") }
        let work = dice.pick(standalone.isEmpty ? type.workClasses : standalone)
        new.workClass = work?.key ?? ""
        new.description = DemoTexts.description(type, work, &dice)
        let place = DemoNames.place(&dice)
        new.place = PlaceAddress(
            street: place.street, unit: place.unit, city: pack.city.shortName, state: pack.city.state, zip: place.zip)
        if dice.chance(60) { new.parcel = "1\(dice.number(46_000...57_999))\(padded(dice.number(0...999_999), 6))" }
        if type.module == .permit { new.valuation = Money(cents: Int64(dice.number(6...900)) * 25_00) }
        if type.module == .plan, dice.chance(50) { new.project = DemoTexts.project(&dice) }
        dates(&new, status, on: day)
        var planned = PlannedCase(new: new, prefix: type.prefix)
        planned.isParent = type.key.hasPrefix("building")
        if withParties { parties(&planned, type) }
        return planned
    }

    private mutating func dates(_ new: inout NewCase, _ status: Status, on day: CivilDate) {
        new.applied = day
        guard status.step == .issued || status.step == .finished else { return }
        let issued = min(today, workday(day.adding(days: dice.number(2...25))))
        if status.tone == .good || status.bucket == .active || dice.chance(50) {
            new.issued = max(day, issued)
            // What is still active has not expired, however old it is.
            let ends = issued.adding(days: 365)
            new.expires = status.bucket == .active ? max(ends, today.adding(days: dice.number(20...200))) : ends
        }
        if status.step == .finished { new.finalized = max(day, min(today, workday(issued.adding(days: dice.number(5...150))))) }
    }

    private mutating func parties(_ planned: inout PlannedCase, _ type: CaseType) {
        let trades = type.contactTypes.filter { pack.contactType($0)?.needsLicense ?? false }
        var company: ContactID?
        if let first = trades.first {
            if dice.chance(12) {
                planned.new.contractorState = dice.pick(ContractorState.allCases)
            } else {
                let trade = dice.chance(80) ? first : dice.pick(trades) ?? first
                company = dice.pick(crowd.companies[trade] ?? crowd.allCompanies)
                if let company { planned.parties.append(.init(contact: company, type: trade, isPrimary: true)) }
            }
        }
        if type.module == .license, let holder = dice.pick(crowd.allCompanies) {
            planned.parties.append(.init(contact: holder, type: "applicant", isPrimary: true))
            return
        }
        let owner = dice.pick(crowd.persons)
        if let owner, type.contactTypes.contains("property-owner"), dice.chance(85) {
            planned.parties.append(.init(contact: owner, type: "property-owner", isPrimary: true))
        }
        if let applicant = dice.chance(45) ? company ?? owner : owner, type.contactTypes.contains("applicant") {
            planned.parties.append(.init(contact: applicant, type: "applicant", isPrimary: true))
        }
        if type.contactTypes.contains("architect"), dice.chance(35), let architect = dice.pick(crowd.persons) {
            planned.parties.append(.init(contact: architect, type: "architect", isPrimary: true))
        }
    }

    mutating func makeDraft(_ planned: inout PlannedCase) {
        planned.new.isSubmitted = false
        planned.new.status = pack.statuses.first { $0.step == .submitted }?.key ?? planned.new.status
        planned.new.issued = nil
        planned.new.expires = nil
        planned.new.finalized = nil
        planned.isParent = false
        if planned.parties.isEmpty, let person = dice.pick(crowd.persons) {
            planned.parties = [.init(contact: person, type: "applicant", isPrimary: true)]
        }
    }

    // MARK: - Parents

    /// The electrical, mechanical and plumbing permits below a building permit.
    private mutating func subPermits(of parent: PlannedCase) -> [PlannedCase] {
        guard dice.chance(70) else { return [] }
        let types = pack.caseTypes.filter { $0.workClasses.contains { $0.key.hasSuffix("sub-permit") } }
        return types.prefix(3).filter { _ in dice.chance(75) }.map { type in
            var sub = make(type, pack.status(parent.new.status) ?? pack.statuses[0], on: parent.new.applied ?? today)
            sub.new.workClass = type.workClasses.first { $0.key.hasSuffix("sub-permit") }?.key ?? sub.new.workClass
            sub.new.description = parent.new.description
            sub.new.place = parent.new.place
            sub.new.parcel = parent.new.parcel
            return sub
        }
    }

    private mutating func below(_ sub: PlannedCase, parent: Int, on day: CivilDate) -> PlannedCase {
        var sub = sub
        sub.parent = parent
        if let status = pack.status(sub.new.status) {
            (sub.new.issued, sub.new.expires, sub.new.finalized) = (nil, nil, nil)
            dates(&sub.new, status, on: day)
        }
        return sub
    }
}
