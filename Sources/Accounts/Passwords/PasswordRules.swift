internal import Foundation
internal import Primitives
internal import Web

/// What a password must be: long, and not one of those that are tried first (A3, NIST SP 800-63B-4). No rules of composition.
enum PasswordRules {
    /// Code points after NFKC, of a password that stands alone.
    static let shortest = 15
    /// The same beside a second step (A3).
    static let shortestWithSecondStep = 8
    static let longest = 1000
    /// What must be left when the words that everybody would try are taken away.
    private static let leastOwn = 6
    /// The same of a password that stands beside a second step.
    private static let leastOwnShort = 4

    enum Problem: Sendable {
        case tooShort, tooShortWithSecondStep, tooLong, common, personal, breached

        var key: WordKey {
            switch self {
            case .tooShort: "accounts.password.tooShort"
            case .tooShortWithSecondStep: "accounts.password.tooShortWithSecondStep"
            case .tooLong: "accounts.password.tooLong"
            case .common: "accounts.password.common"
            case .personal: "accounts.password.personal"
            case .breached: "accounts.password.breached"
            }
        }
    }

    /// - Parameter person: the owner's addresses and names, and the city's: nobody's password may be made of these alone.
    /// - Parameter hasSecondStep: signing in takes more than this password.
    static func problem(_ password: String, about person: [String] = [], hasSecondStep: Bool = false) -> Problem? {
        let folded = password.precomposedStringWithCompatibilityMapping
        let length = folded.unicodeScalars.count
        if hasSecondStep, length < shortestWithSecondStep { return .tooShortWithSecondStep }
        guard hasSecondStep || length >= shortest else { return .tooShort }
        if length < shortest { return shortProblem(folded.lowercased(), person) }
        guard folded.unicodeScalars.count <= longest else { return .tooLong }
        let visible = folded.lowercased().filter { !$0.isWhitespace }
        let plain = visible.filter { !$0.isPunctuation }
        let core = plain.count >= 8 ? plain : visible
        if PasswordBlocklist.passwords.contains(core) || isRepetitive(core) || isSequence(core) { return .common }
        let own = removing(PasswordBlocklist.words, from: core)
        if own.count < leastOwn { return .common }
        if removing(words(in: person), from: own).count < leastOwn { return .personal }
        return [core, visible].contains(where: PasswordBlocklist.isMadeOfCommon) ? .common : nil
    }

    /// May a password of this length only stand beside a second step?
    static func isShort(_ password: String) -> Bool {
        password.precomposedStringWithCompatibilityMapping.unicodeScalars.count < shortest
    }

    /// Eight to fourteen characters: not one of the thousands that are tried first, and not such words or the person's own with a digit.
    private static func shortProblem(_ text: String, _ person: [String]) -> Problem? {
        if PasswordBlocklist.common.contains(text) || isRepetitive(text) || isSequence(text) { return .common }
        let letters = text.filter(\.isLetter)
        if PasswordBlocklist.common.contains(letters) { return .common }
        let own = removing(PasswordBlocklist.words, from: text)
        if own.count < leastOwnShort { return .common }
        return removing(words(in: person), from: own).count < leastOwnShort ? .personal : nil
    }

    private static func isRepetitive(_ text: String) -> Bool { text.allSatisfy(\.isASCII) && Set(text).count < 4 }

    /// `abcdefghijklmno`, `987654321098765`.
    private static func isSequence(_ text: String) -> Bool {
        let values = text.unicodeScalars.map { Int($0.value) }
        let near = zip(values, values.dropFirst()).count { abs($0 - $1) <= 1 }
        return values.count > 1 && near * 5 >= (values.count - 1) * 4
    }

    private static func removing(_ words: [String], from text: String) -> String {
        words.sorted { $0.count > $1.count }.reduce(text) { $0.replacingOccurrences(of: $1, with: "") }
    }

    private static func words(in person: [String]) -> [String] {
        person.flatMap { $0.precomposedStringWithCompatibilityMapping.lowercased().split { !$0.isLetter && !$0.isNumber } }
            .map(String.init).filter { $0.count >= 3 }
    }
}

extension Field where Value == String {
    /// A password to be chosen.
    static func chosenPassword(_ name: String, label: WordKey = "accounts.password.label") -> Field {
        Field(
            FieldDefinition(
                name, .newPassword, label: label, hint: "accounts.password.hint", maxLength: 1000,
                autocomplete: "new-password", missing: "accounts.password.tooShort")
        ) { password in
            if let problem = PasswordRules.problem(password) { return .failure(FieldRefusal(problem.key)) }
            return .success(password)
        }
    }

    /// A password to be chosen for an account that may have a second step; whoever takes it asks the rules with what the account has.
    static func replacedPassword(_ name: String, label: WordKey = "accounts.password.label") -> Field {
        Field(
            FieldDefinition(
                name, .newPassword, label: label, hint: "accounts.password.hintAny", maxLength: 1000,
                autocomplete: "new-password", missing: "accounts.password.tooShort")
        ) { .success($0) }
    }
}
