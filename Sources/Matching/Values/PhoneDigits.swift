/// Ten digits of an American number, with or without the country's 1; what follows them is an extension.
public func localDigits(_ phone: String) -> String {
    var digits = phone.filter { $0.isASCII && $0.isNumber }
    if digits.count >= 11, digits.hasPrefix("1") { digits.removeFirst() }
    return String(digits.prefix(10))
}
