/// One slip of the hand: a letter too many, missing, wrong, or two the wrong way round. Short words are never typos of each other.
public func isTypo(_ a: String, _ b: String) -> Bool {
    let (x, y) = (Array(a), Array(b))
    guard min(x.count, y.count) >= 4 else { return false }
    return isOneSlip(x, y)
}

/// The same for numbers and addresses, of any length.
func isOneSlip<Letters: RandomAccessCollection>(_ x: Letters, _ y: Letters) -> Bool
where Letters.Element: Equatable, Letters.Index == Int {
    let (countX, countY) = (x.count, y.count)
    guard abs(countX - countY) <= 1, countX > 0, countY > 0 else { return false }
    let (fromX, fromY) = (x.startIndex, y.startIndex)
    var start = 0
    let least = min(countX, countY)
    while start < least, x[fromX + start] == y[fromY + start] { start += 1 }
    var end = 0
    while end < least - start, x[fromX + countX - 1 - end] == y[fromY + countY - 1 - end] { end += 1 }
    let (restX, restY) = (countX - start - end, countY - start - end)
    if restX == 0, restY == 0 { return false }
    if restX <= 1, restY <= 1 { return true }
    return restX == 2 && restY == 2 && x[fromX + start] == y[fromY + start + 1] && x[fromX + start + 1] == y[fromY + start]
}
