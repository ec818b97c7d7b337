public import HTML
public import Primitives
public import Web

/// When something happened, as the city's clock shows it and its people write it.
extension Visit {
    /// The day in the city of something stamped with real time.
    public func day(of real: Instant) -> CivilDate { city.cityClock.date(of: city.cityClock.shown(real)) }

    /// The day and the hour in the city, as sentences take them: `date` and `time`.
    public func moment(_ real: Instant) -> [String: WordArgument] { moment(cityTime: city.cityClock.shown(real)) }

    /// The same for a fact, which is stamped with the city's own clock.
    public func moment(cityTime: Instant) -> [String: WordArgument] {
        let local = city.cityClock.local(cityTime)
        return ["date": .date(local.date), "time": .text(hour(local))]
    }

    /// "Jul 20, 2026, 2:05 p.m."
    public func shortMoment(_ real: Instant) -> String {
        let local = city.cityClock.local(city.cityClock.shown(real))
        return "\(local.date.short(in: language)), \(hour(local))"
    }

    /// The same as a cell of a table: on one line, and with the exact time for programs.
    public func momentCell(_ real: Instant) -> HTML {
        span(.class("whole")) { time(real.description) { shortMoment(real) } }
    }

    /// "2:05 p.m."; a line never ends within it.
    private func hour(_ local: (date: CivilDate, hour: Int, minute: Int)) -> String {
        let hour = local.hour % 12 == 0 ? 12 : local.hour % 12
        return "\(hour):\(padded(local.minute, 2))\u{00A0}\(t(local.hour < 12 ? "core.morning" : "core.afternoon"))"
    }
}
