/// How alike two texts are, from 0 (nothing in common) to 1 (equal): Jaro's measure, raised for a common beginning of up to four
/// letters (Winkler 1990, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model", without his later
/// adjustments). Compares UTF-8 bytes, so both sides should be folded first; what follows the 64th byte is not looked at.
public func jaroWinkler(_ a: String, _ b: String) -> Double {
    let (x, y) = (Array(a.utf8), Array(b.utf8))
    return x.withUnsafeBufferPointer { x in y.withUnsafeBufferPointer { y in jaroWinkler(x, y) } }
}

/// The same on bytes. One word of bits says which letters of the other side are taken, so nothing is allocated.
func jaroWinkler(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Double {
    let (countA, countB) = (min(a.count, 64), min(b.count, 64))
    guard countA > 0, countB > 0 else { return 0 }
    let window = max(max(countA, countB) / 2 - 1, 0)
    var (takenA, takenB): (UInt64, UInt64) = (0, 0)
    for i in 0..<countA {
        let letter = a[i]
        var j = max(0, i - window)
        let end = min(countB, i + window + 1)
        while j < end {
            if b[j] == letter, takenB & (1 << UInt64(j)) == 0 {
                takenA |= 1 << UInt64(i)
                takenB |= 1 << UInt64(j)
                break
            }
            j += 1
        }
    }
    let matches = takenA.nonzeroBitCount
    guard matches > 0 else { return 0 }
    var halfTranspositions = 0
    var restB = takenB
    var restA = takenA
    while restA != 0 {
        if a[restA.trailingZeroBitCount] != b[restB.trailingZeroBitCount] { halfTranspositions += 1 }
        restA &= restA - 1
        restB &= restB - 1
    }
    let m = Double(matches)
    let jaro = (m / Double(countA) + m / Double(countB) + (m - Double(halfTranspositions / 2)) / m) / 3
    var prefix = 0
    while prefix < min(4, countA, countB), a[prefix] == b[prefix] { prefix += 1 }
    return jaro + Double(prefix) * 0.1 * (1 - jaro)
}
