internal import CQREncode
internal import HTML

/// A text as squares that a phone reads, by libqrencode.
struct QRCode: Sendable {
    /// Modules along one side.
    let size: Int
    /// Row by row; true is dark.
    private let isDark: [Bool]

    /// nil for a text that does not fit.
    init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let size = Int(code.pointee.width)
        self.size = size
        isDark = (0..<size * size).map { code.pointee.data[$0] & 1 == 1 }
    }

    func drawing(label: String) -> HTML { squares(isDark, side: size, label: label) }
}
