internal import Foundation

/// Real time: for sessions, tokens, limits and jobs. Passed in, never read from the side.
public struct Clock: Sendable {
    private let read: @Sendable () -> Instant
    public init(_ read: @escaping @Sendable () -> Instant) { self.read = read }
    public var now: Instant { read() }

    public static let system = Clock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}

/// The city's wall clock: which day and hour it is there. For dates that people see, never for limits.
public struct CityClock: Sendable {
    private let clock: Clock
    private let shift: Span
    private let zone: TimeZone

    /// - Parameters:
    ///   - zone: an IANA name, for example `America/Denver`; nil results for a name that the machine's tzdata does not know.
    ///   - demoStart: in demo mode the city's clock starts there and runs on.
    public init?(zone: String, clock: Clock, demoStart: Instant? = nil) {
        guard let zone = TimeZone(identifier: zone) else { return nil }
        self.zone = zone
        self.clock = clock
        shift = demoStart.map { $0 - clock.now } ?? Span(microseconds: 0)
    }

    private init(clock: Clock, shift: Span, zone: TimeZone) {
        self.clock = clock
        self.shift = shift
        self.zone = zone
    }

    /// The same clock in another zone; nil for a name that the machine's tzdata does not know.
    public func inZone(_ name: String) -> CityClock? {
        TimeZone(identifier: name).map { CityClock(clock: clock, shift: shift, zone: $0) }
    }

    public var now: Instant { clock.now + shift }
    public var today: CivilDate { date(of: now) }

    /// A real instant as the city's clock showed it: in demo mode that clock may stand elsewhere.
    public func shown(_ real: Instant) -> Instant { real + shift }

    public func date(of instant: Instant) -> CivilDate { local(instant).date }

    /// Day and time of day there.
    public func local(_ instant: Instant) -> (date: CivilDate, hour: Int, minute: Int) {
        let seconds = instant.microseconds.flooredQuotient(by: 1_000_000)
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(seconds)))
        let there = seconds + Int64(offset)
        let day = there.flooredQuotient(by: 86_400)
        let second = Int(there - day * 86_400)
        return (CivilDate(daysSince1970: Int(day)), second / 3600, second / 60 % 60)
    }

    /// The first instant of that day there.
    public func start(of date: CivilDate) -> Instant {
        let guess = Int64(date.daysSince1970) * 86_400
        let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(guess)))
        let corrected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(guess - Int64(offset))))
        return Instant(seconds: guess - Int64(corrected))
    }
}
