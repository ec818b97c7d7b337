public import Primitives

/// The city and its department as people meet them: names, ways to reach it, days it works.
public struct City: Sendable, Hashable {
    /// "City of Boulder".
    public let name: String
    /// "Boulder": in sentences and in the second line of an address.
    public let shortName: String
    /// Two letters, "CO".
    public let state: String
    public let department: String
    /// An IANA name that this machine's time zone data knows, "America/Denver".
    public let timeZone: String
    /// Cases applied for before this day and still active may not be connected to accounts yet (C4).
    public let cutOver: CivilDate
    /// `303-441-1880`.
    public let phone: String
    /// Where people leave a message to ask for an inspection, also for cases they cannot see (C4, G6).
    public let inspectionLine: String
    public let email: String
    /// Where the office is, in lines.
    public let address: [String]
    /// Where letters and checks go, in lines.
    public let mailAddress: [String]
    public let hours: LocalizedText
    /// In the order of their days.
    public let holidays: [Holiday]
    /// The answer to a question or a request is promised within so many working days (I1).
    public let responseWorkingDays: Int
    /// `#rrggbb`, dark enough for white text.
    public let brandColor: String
    /// A few letters that stand for the city where there is no room for its name.
    public let brandMark: String

    /// Monday to Friday, holidays excepted.
    public func isWorkingDay(_ date: CivilDate) -> Bool {
        date.weekday <= 5 && !holidays.contains { $0.date == date }
    }

    /// The day by which something that came in on `date` is due: the count starts on the next working day.
    public func date(after date: CivilDate, workingDays: Int) -> CivilDate {
        var day = date
        var left = workingDays
        while left > 0 {
            day = day.adding(days: 1)
            if isWorkingDay(day) { left -= 1 }
        }
        return day
    }
}

/// A day on which the city does not work. For a holiday on a weekend this is the day when it is observed.
public struct Holiday: Sendable, Hashable {
    public let date: CivilDate
    public let name: LocalizedText
}
